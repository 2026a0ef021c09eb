import Foundation
import OVACatalog

/// The files of a package as messages carry them: a row of bytes, since an object with a dozen names
/// for each of tens of thousands takes many times the memory of the files themselves.
///
/// Each file is: a byte of flags; its name; its size; unless they are those of the file before, its
/// times, inode, device, number of names and bytes on the file system; its digests. Numbers have
/// seven bits a byte, the lowest first, signed ones with the sign in the lowest bit; text comes with
/// its length in bytes before it.
@propertyWrapper
struct PackedFiles: Codable, Sendable {
  var wrappedValue: [FileRow]

  init(wrappedValue: [FileRow]) { self.wrappedValue = wrappedValue }

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    var reader = PackedReader(try container.decode(Data.self))
    guard let rows = reader.files() else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "no row of files")
    }
    wrappedValue = rows
  }

  func encode(to encoder: any Encoder) throws {
    var writer = PackedWriter()
    writer.add(wrappedValue)
    var container = encoder.singleValueContainer()
    try container.encode(writer.data)
  }
}

/// The flags in the first byte of a file.
private struct PackedFlags: OptionSet {
  let rawValue: UInt8

  static let member = PackedFlags(rawValue: 1)
  static let linked = PackedFlags(rawValue: 1 << 1)
  static let device = PackedFlags(rawValue: 1 << 2)
  static let links = PackedFlags(rawValue: 1 << 3)
  static let allocated = PackedFlags(rawValue: 1 << 4)
  /// All that the system says of it but its size is as it is of the file before.
  static let same = PackedFlags(rawValue: 1 << 5)
  static let all: PackedFlags = [.member, .linked, .device, .links, .allocated, .same]
}

extension FileRow {
  /// Returns whether both have the same system facts, sizes aside.
  fileprivate func hasSameSystemFacts(as other: FileRow) -> Bool {
    modified == other.modified && changed == other.changed && inode == other.inode
      && device == other.device && links == other.links && allocated == other.allocated
  }
}

private struct PackedWriter {
  private(set) var data = Data()

  mutating func add(_ rows: [FileRow]) {
    var last: FileRow?
    for row in rows {
      add(row, behind: last)
      last = row
    }
  }

  private mutating func add(_ row: FileRow, behind last: FileRow?) {
    var flags: PackedFlags = []
    if row.isMember { flags.insert(.member) }
    if row.isLinked { flags.insert(.linked) }
    let isSame = last.map(row.hasSameSystemFacts) ?? false
    if isSame {
      flags.insert(.same)
    } else {
      if row.device != nil { flags.insert(.device) }
      if row.links != nil { flags.insert(.links) }
      if row.allocated != nil { flags.insert(.allocated) }
    }
    data.append(flags.rawValue)
    add(row.name)
    add(row.size)
    if !isSame {
      for number in [row.modified, row.changed, row.inode] { add(number) }
      for case let number? in [row.device, row.links, row.allocated] { add(number) }
    }
    add(UInt64(row.digests.count))
    for (algorithm, digest) in row.digests.sorted(by: { $0.key < $1.key }) {
      add(algorithm)
      add(digest)
    }
  }

  private mutating func add(_ text: String) {
    add(UInt64(text.utf8.count))
    data.append(contentsOf: text.utf8)
  }

  private mutating func add(_ number: Int64) {
    add(UInt64(bitPattern: number << 1 ^ number >> 63))
  }

  private mutating func add(_ number: UInt64) {
    var rest = number
    while rest >= 0x80 {
      data.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    data.append(UInt8(rest))
  }
}

/// Reads what another process wrote, which may be anything: nil for what is no row of files.
private struct PackedReader {
  private var rest: Data

  init(_ data: Data) { rest = data }

  mutating func files() -> [FileRow]? {
    var rows: [FileRow] = []
    while !rest.isEmpty {
      guard let row = file(behind: rows.last) else { return nil }
      rows.append(row)
    }
    return rows
  }

  private mutating func file(behind last: FileRow?) -> FileRow? {
    guard let first = rest.popFirst() else { return nil }
    let flags = PackedFlags(rawValue: first)
    guard flags.isSubset(of: .all), let name = text(), let size = signed() else { return nil }
    var row = FileRow(name: name, isMember: flags.contains(.member), size: size)
    row.isLinked = flags.contains(.linked)
    if flags.contains(.same) {
      guard let last else { return nil }
      (row.modified, row.changed, row.inode) = (last.modified, last.changed, last.inode)
      (row.device, row.links, row.allocated) = (last.device, last.links, last.allocated)
    } else {
      guard let modified = signed(), let changed = signed(), let inode = signed() else {
        return nil
      }
      (row.modified, row.changed, row.inode) = (modified, changed, inode)
      if flags.contains(.device) {
        guard let number = signed() else { return nil }
        row.device = number
      }
      if flags.contains(.links) {
        guard let number = signed() else { return nil }
        row.links = number
      }
      if flags.contains(.allocated) {
        guard let number = signed() else { return nil }
        row.allocated = number
      }
    }
    guard let count = number(), count <= UInt64(rest.count) else { return nil }
    for _ in 0..<count {
      guard let algorithm = text(), let digest = text() else { return nil }
      row.digests[algorithm] = digest
    }
    return row
  }

  private mutating func text() -> String? {
    guard let count = number(), count <= UInt64(rest.count) else { return nil }
    defer { rest = rest.dropFirst(Int(count)) }
    return String(validating: rest.prefix(Int(count)), as: UTF8.self)
  }

  private mutating func signed() -> Int64? {
    number().map { Int64(bitPattern: $0 >> 1) ^ -Int64(bitPattern: $0 & 1) }
  }

  private mutating func number() -> UInt64? {
    var result: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 64, by: 7) {
      guard let byte = rest.popFirst() else { return nil }
      let bits = UInt64(byte & 0x7F)
      // The tenth byte has room for one bit.
      guard shift < 63 || bits <= 1 else { return nil }
      result |= bits << shift
      if byte & 0x80 == 0 { return result }
    }
    return nil
  }
}

public import OVABasics
import OVAByteSource

/// A disk's virtual contents, read through its grain tables.
///
/// Keeps the directories and the last table and grain; for one thread at a time.
public struct DiskContents: ~Copyable {
  /// The virtual size in bytes.
  public let size: UInt64
  private let name: String
  private let parts: [(start: UInt64, part: VirtualDisk.Part, directory: [UInt32])]
  private let inflater: Inflater
  private var table: (part: Int, index: Int, entries: [UInt8])?
  private var grain: (part: Int, index: Int, bytes: [UInt8])?

  /// Prepares to read `disk`.
  /// - Throws: `DiskError` when it is of a format not read here, needs a parent, has parts that
  ///   are not there, or its directory is damaged.
  public init(of disk: VirtualDisk) throws(DiskError) {
    let place = Place(disk.name)
    guard let size = disk.capacity, !disk.parts.isEmpty, let inflater = Inflater() else {
      throw DiskError(
        code: .unsupported, doing: "read its contents", reason: disk.format.name, place: place)
    }
    guard disk.descriptor?.hasParent != true else {
      throw DiskError(
        code: .unsupported, doing: "read its contents",
        reason: "it holds only the changes to another disk", place: place)
    }
    var parts: [(start: UInt64, part: VirtualDisk.Part, directory: [UInt32])] = []
    var start: UInt64 = 0
    for part in disk.parts {
      switch part.storage {
      case .unread(_, let format):
        throw DiskError(
          code: .unsupported, doing: "read its contents", reason: format.name, place: place)
      case .missing:
        throw DiskError(
          code: .damaged, doing: "read its contents", reason: "an extent is not there",
          place: place)
      case .sparse(let extent): parts.append((start, part, try extent.directory()))
      case .flat, .zero: parts.append((start, part, []))
      }
      start = start.addingWithin(bytesClamped(sectors: part.sectors)) ?? .max
    }
    self.size = size
    self.name = disk.name
    self.parts = parts
    self.inflater = inflater
  }

  /// Up to `count` bytes of the contents from `offset` on; fewer only at the end.
  /// - Throws: `DiskError` when a table or grain on the way is damaged.
  public mutating func bytes(at offset: UInt64, count: Int) throws(DiskError) -> [UInt8] {
    guard offset < size, count > 0 else { return [] }
    let end = offset + min(UInt64(count), size - offset)
    var result: [UInt8] = []
    var position = offset
    while position < end {
      guard let index = parts.lastIndex(where: { $0.start <= position }) else { break }
      let piece = try piece(of: index, at: position - parts[index].start, most: end - position)
      if piece.isEmpty { break }
      result += piece
      position += UInt64(piece.count)
    }
    return result
  }

  /// Some bytes of a part from `offset` on, at most to the end of a grain.
  private mutating func piece(
    of index: Int, at offset: UInt64, most: UInt64
  ) throws(DiskError) -> [UInt8] {
    let part = parts[index].part
    let left = min(most, bytesClamped(sectors: part.sectors) - offset, 1 << 20)
    switch part.storage {
    case .missing, .unread, .zero: return [UInt8](repeating: 0, count: Int(left))
    case .flat(let source, let start):
      let bytes = try source.diskBytes(at: start + offset, count: Int(left))
      guard !bytes.isEmpty else { throw damage("an extent ends early", at: start + offset) }
      return bytes
    case .sparse(let extent):
      guard let size = extent.header.grainBytes else { return [] }
      let number = Int(offset / UInt64(size))
      let skip = Int(offset % UInt64(size))
      let count = min(Int(left), size - skip)
      let content = try grainBytes(extent, part: index, number: number, size: size)
      guard let content else { return [UInt8](repeating: 0, count: count) }
      let found = Array(content.dropFirst(skip).prefix(count))
      return found + [UInt8](repeating: 0, count: count - found.count)
    }
  }

  /// A grain's bytes; nil for a hole.
  private mutating func grainBytes(
    _ extent: SparseExtent, part: Int, number: Int, size: Int
  ) throws(DiskError) -> [UInt8]? {
    if let grain, grain.part == part, grain.index == number { return grain.bytes }
    let sector = try entry(extent, part: part, number: number)
    if sector == 0 || sector == 1 && extent.header.flags.contains(.zeroGrains) { return nil }
    let offset = UInt64(sector) * sectorBytes
    let bytes: [UInt8]
    if extent.header.isCompressed {
      let marker = try extent.source.diskBytes(at: offset, count: 12)
      let length = Int(marker.number32(at: 8))
      guard marker.number64(at: 0) == UInt64(number) * extent.header.grainSize,
        (1...extent.header.grainBound).contains(length)
      else { throw damage("no grain begins where the table says", at: offset) }
      let data = try extent.source.diskBytes(at: offset + 12, count: length)
      guard let whole = inflater.inflate(data, limit: size) else {
        throw damage("a grain does not inflate", at: offset)
      }
      bytes = whole
    } else {
      bytes = try extent.source.diskBytes(at: offset, count: size)
      guard !bytes.isEmpty else { throw damage("a grain lies outside the file", at: offset) }
    }
    grain = (part, number, bytes)
    return bytes
  }

  /// The table entry of a grain.
  private mutating func entry(
    _ extent: SparseExtent, part: Int, number: Int
  ) throws(DiskError) -> UInt32 {
    let width = Int(extent.header.tableEntries)
    let index = number / width
    if let table, table.part == part, table.index == index {
      return table.entries.number32(at: number % width * 4)
    }
    let directory = parts[part].directory
    guard index < directory.count else { throw damage("a grain is beyond the directory", at: 0) }
    guard directory[index] != 0 else { return 0 }
    let place = UInt64(directory[index]) * sectorBytes
    let bytes = try extent.source.diskBytes(at: place, count: width * 4)
    guard bytes.count == width * 4 else { throw damage("a table lies outside the file", at: place) }
    table = (part, index, bytes)
    return bytes.number32(at: number % width * 4)
  }

  private func damage(_ reason: String, at offset: UInt64) -> DiskError {
    DiskError(
      code: .damaged, doing: "read its contents", reason: reason,
      place: Place(name, offset: offset))
  }
}

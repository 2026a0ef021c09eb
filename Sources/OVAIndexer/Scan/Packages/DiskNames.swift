import OVAByteSource
import OVAPackage

/// Names of other disks in disks and in the files of machines, by the few bytes that tell them.
enum DiskNames {
  /// A disk's statement about its parent.
  enum Parents {
    /// It has none.
    case none
    /// The names that the parent may have, one for each way in which the disk states it.
    case names([String])
    /// It has one, and no name is written.
    case unnamed
  }

  /// Reads the parents that a disk other than VMDK states.
  static func parents(in file: any ByteSource, suffix: String) -> Parents {
    let head = (try? file.bytes(at: 0, count: 512)) ?? []
    if head.starts(with: [0x51, 0x46, 0x49, 0xFB]) { return qcow(file, head) }
    if head.starts(with: "vhdxfile".utf8) { return vhdx(file) }
    if head.count >= 80, Array(head[64..<68]) == [0x7F, 0x10, 0xDA, 0xBE] {
      // VirtualBox tells the parent by its UUID alone; 4 is a differencing image.
      return head[76] == 4 ? .unnamed : .none
    }
    let tail = (try? file.bytes(at: file.size - min(512, file.size), count: 512)) ?? []
    return [head, tail].first { $0.starts(with: "conectix".utf8) }.map { vhd(file, $0) } ?? .none
  }

  /// The offset of the backing file's name stands at 8, its length at 16.
  private static func qcow(_ file: any ByteSource, _ head: [UInt8]) -> Parents {
    let offset = number(head, at: 8, 8)
    let length = Int(number(head, at: 16, 4))
    guard offset > 0, length > 0 else { return .none }
    guard length <= 1023, let bytes = try? file.bytes(at: offset, count: length) else {
      return .unnamed
    }
    let name = String(decoding: bytes, as: UTF8.self)
    // `json:{"file.filename": "base.qcow2"}`
    return name.hasPrefix("json:") ? named(quoted(in: name)) : .names([name])
  }

  /// The disk's type stands at 60 of the footer, the dynamic header's offset at 16, and in that the
  /// parent's name at 64.
  private static func vhd(_ file: any ByteSource, _ footer: [UInt8]) -> Parents {
    guard number(footer, at: 60, 4) == 4 else { return .none }
    guard let bytes = try? file.bytes(at: number(footer, at: 16, 8) &+ 64, count: 512) else {
      return .unnamed
    }
    var units: [UInt16] = []
    for index in stride(from: 0, to: bytes.count - 1, by: 2) {
      let unit = UInt16(bytes[index]) << 8 | UInt16(bytes[index + 1])
      if unit == 0 { break }
      units.append(unit)
    }
    return named([String(decoding: units, as: UTF16.self)])
  }

  /// The parent's paths are entries of the metadata, which lies within the first mebibytes.
  private static func vhdx(_ file: any ByteSource) -> Parents {
    guard let bytes = try? file.bytes(at: 0, count: 4 << 20) else { return .unnamed }
    let key = "parent_linkage".utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    guard let start = bytes.firstRange(of: key)?.lowerBound else { return .none }
    let units = stride(from: start, to: min(bytes.count - 1, start + 65_536), by: 2).map {
      UInt16(bytes[$0]) | UInt16(bytes[$0 + 1]) << 8
    }
    let words = String(decoding: units, as: UTF16.self).unicodeScalars
      .split { $0.value < 0x20 || $0 == "\u{FFFD}" }.map { String($0) }
    // Keys and values follow each other without anything between them.
    let names = words.compactMap { word -> String? in
      let lower = word.lowercased()
      guard let end = lower.firstRange(of: "vhdx")?.upperBound else { return nil }
      return String(lower[..<end])
    }
    return named(names)
  }

  private static func named(_ names: [String]) -> Parents {
    let names = names.filter { !$0.isEmpty }
    return names.isEmpty ? .unnamed : .names(names)
  }

  private static func number(_ bytes: [UInt8], at offset: Int, _ width: Int) -> UInt64 {
    guard offset + width <= bytes.count else { return 0 }
    return bytes[offset..<offset + width].reduce(0) { $0 << 8 | UInt64($1) }
  }

  private static let fileSuffixes: Set<String> = [
    "vmdk", "vhd", "avhd", "vhdx", "avhdx", "vdi", "qcow2", "qcow", "nvram", "iso", "hdd", "vmsd",
  ]

  /// The texts in double quotes that are names of disks and the like, as the files of machines have
  /// them.
  static func quoted(in text: String) -> [String] {
    text.unicodeScalars.split(whereSeparator: { $0 == "\"" || $0 == "\n" || $0 == "\r" })
      .map { String($0) }.filter { fileSuffixes.contains($0.baseAndExtension.suffix) }
  }
}

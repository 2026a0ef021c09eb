import OVABasics
import OVAByteSource

/// The metadata of a VHDX disk.
struct VHDXMetadata {
  private(set) var capacity: UInt64?
  private(set) var blockBytes: UInt64?
  private(set) var isFixed = false
  private(set) var hasParent = false
  private(set) var sectorBytes: UInt64 = 512
  private(set) var parentName: String?

  private static let part = "VHDX metadata"
  private static let tableBytes: UInt64 = 64 << 10

  /// Reads the table and what it leads to; nil, with a diagnostic, where there is none.
  static func read(
    _ region: VHDXStretch, _ look: inout StructureLook
  ) throws(DiskError) -> VHDXMetadata? {
    guard
      let table = try look.read(part, at: region.start, count: tableBytes, field: region.start)
    else { return nil }
    let count = Int(table.number16(at: 10))
    look.expect(
      table.has("metadata"), part, "signature", "metadata", found: "something else",
      at: region.start)
    look.expect(
      count <= 2047, part, "number of entries", "up to 2,047", found: count, at: region.start + 10)
    guard table.has("metadata"), count <= 2047 else { return nil }
    var metadata = VHDXMetadata()
    var seen: Set<[UInt8]> = []
    for index in 0..<count {
      let start = 32 + index * 32
      let identifier = Array(table[start..<start + 16])
      let offset = UInt64(table.number32(at: start + 16))
      let length = UInt64(table.number32(at: start + 20))
      let flags = table.number32(at: start + 24)
      let field = region.start + UInt64(start)
      if !seen.insert(identifier).inserted {
        look.diagnostics.add(
          .entryInvalid(table: part, index: UInt64(index), reason: "is there twice"), at: field)
        continue
      }
      if length == 0, offset == 0 { continue }
      guard offset >= tableBytes, offset + length <= region.bytes, length <= 1 << 20 else {
        look.diagnostics.add(
          .entryInvalid(
            table: part, index: UInt64(index), reason: "leads out of the metadata region"),
          at: field + 16)
        continue
      }
      guard
        let value = try look.read(part, at: region.start + offset, count: length, field: field)
      else { continue }
      metadata.take(
        identifier, value, flags: flags, index: UInt64(index), at: region.start + offset, &look)
    }
    metadata.judge(seen, at: region.start, &look)
    return metadata
  }

  private mutating func take(
    _ identifier: [UInt8], _ value: [UInt8], flags: UInt32, index: UInt64, at place: UInt64,
    _ look: inout StructureLook
  ) {
    let part = Self.part
    switch identifier {
    case VHDXLayout.parameters:
      let block = UInt64(value.number32(at: 0))
      let isSane = block.nonzeroBitCount == 1 && (1 << 20...256 << 20).contains(block)
      look.expect(
        isSane, part, "block size", "a power of two from 1 to 256 MiB", found: block, at: place)
      if isSane { blockBytes = block }
      isFixed = value.number32(at: 4) & 1 == 1
      hasParent = value.number32(at: 4) & 2 == 2
      look.expect(
        value.number32(at: 4) & ~3 == 0, part, "flags", "0 to 3", found: value.number32(at: 4),
        at: place + 4)
    case VHDXLayout.size: capacity = value.number64(at: 0)
    case VHDXLayout.logicalSector, VHDXLayout.physicalSector:
      let size = value.number32(at: 0)
      let isSane = size == 512 || size == 4096
      look.expect(isSane, part, "sector size", "512 or 4096", found: size, at: place)
      if isSane, identifier == VHDXLayout.logicalSector { sectorBytes = UInt64(size) }
    case VHDXLayout.parentLocator: readLocator(value)
    case VHDXLayout.diskIdentifier: break
    default:
      if flags & 4 != 0 {
        look.diagnostics.add(
          .entryInvalid(table: part, index: index, reason: "is required and of no known kind"),
          at: place)
      }
    }
  }

  /// Looks for the parent's path among the locator's keys and values.
  private mutating func readLocator(_ value: [UInt8]) {
    func text(_ offset: UInt32, _ length: UInt16) -> String {
      let bytes = value.dropFirst(Int(offset)).prefix(Int(length))
      let units = stride(from: 0, to: bytes.count - bytes.count % 2, by: 2).map {
        UInt16(bytes[bytes.startIndex + $0]) | UInt16(bytes[bytes.startIndex + $0 + 1]) << 8
      }
      return String(decoding: units, as: UTF16.self)
    }
    for index in 0..<min(Int(value.number16(at: 18)), value.count / 12) {
      let start = 20 + index * 12
      let key = text(value.number32(at: start), value.number16(at: start + 8))
      if ["relative_path", "absolute_win32_path", "volume_path"].contains(key), parentName == nil {
        parentName = text(value.number32(at: start + 4), value.number16(at: start + 10))
      }
    }
  }

  private func judge(_ seen: Set<[UInt8]>, at place: UInt64, _ look: inout StructureLook) {
    let required: [(identifier: [UInt8], name: String)] = [
      (VHDXLayout.parameters, "file parameters"), (VHDXLayout.size, "virtual disk size"),
      (VHDXLayout.diskIdentifier, "virtual disk id"),
      (VHDXLayout.logicalSector, "logical sector size"),
      (VHDXLayout.physicalSector, "physical sector size"),
    ]
    for (identifier, name) in required where !seen.contains(identifier) {
      look.expect(false, Self.part, name, "given", found: "absent", at: place)
    }
    if let capacity, capacity > 0 {
      look.expect(
        capacity % sectorBytes == 0 && capacity <= 64 << 40, Self.part, "virtual disk size",
        "whole sectors up to 64 TiB", found: capacity, at: place)
    }
  }
}

import OVABasics
import OVAByteSource

/// Judges a CD or DVD image by its volume descriptors (ECMA-119); in the deep look every directory.
///
/// Numbers stand in both byte orders, which therefore have to agree.
enum ISO9660Reader: StructureReader {
  private static let part = "ISO 9660 volume descriptor"
  private static let sector: UInt64 = 2048
  private static let first: UInt64 = 16
  /// The most volume descriptors of one image.
  private static let mostDescriptors: UInt64 = 64

  static func judge(_ look: inout StructureLook) throws(DiskError) {
    look.structure.capacity = look.fileBytes
    look.structure.allocatedBytes = look.fileBytes
    var volume: ISO9660Volume?
    var hasEnd = false
    for number in first..<first + mostDescriptors {
      let place = number * sector
      let bytes = try look.source.diskBytes(at: place, count: Int(sector))
      guard bytes.count == Int(sector) else {
        look.diagnostics.add(
          .truncated(missing: place + sector - look.fileBytes, atLeast: true), at: look.fileBytes)
        return
      }
      guard bytes.has("CD001", at: 1) else { break }
      if bytes[0] == 255 {
        hasEnd = true
        break
      }
      // Boot records and partitions lead nowhere that has to be judged.
      guard bytes[0] == 1 || bytes[0] == 2 else { continue }
      let found = judge(bytes, at: place, &look)
      if bytes[0] == 1, volume == nil { volume = found }
    }
    look.expect(
      hasEnd || volume?.root == nil, part, "last of its kind", "one of type 255", found: "none",
      at: first * sector)
    guard let volume else {
      look.expect(
        false, part, "first of its kind", "one of type 1", found: "none", at: first * sector)
      look.verification.unchecked.append("its directories")
      return
    }
    let size = volume.blocks * volume.blockBytes
    if size > look.fileBytes {
      look.diagnostics.add(
        .volumeCutShort(expected: size, found: look.fileBytes), at: first * sector + 80)
    }
    guard let root = volume.root else {
      look.diagnostics.add(.volumeEmpty, at: first * sector + 156)
      look.verification.checked.append("the volume, which has no directories")
      return
    }
    guard look.isDeep else { return }
    var walk = ISO9660Walk(volume: volume, root: root)
    try walk.run(&look)
    look.verification.checked.append(
      "the volume and its \(walk.directories) directories; files have no checksums")
  }

  private static func judge(
    _ bytes: [UInt8], at place: UInt64, _ look: inout StructureLook
  ) -> ISO9660Volume? {
    let before = look.diagnostics.count
    func both32(_ field: String, _ offset: Int) -> UInt64 {
      let (little, big) = (UInt64(bytes.number32(at: offset)), bytes.bigNumber(at: offset + 4, 4))
      look.expect(
        little == big, part, field, "equal in both byte orders", found: "\(little) and \(big)",
        at: place + UInt64(offset))
      return little
    }
    func both16(_ field: String, _ offset: Int) -> UInt64 {
      let (little, big) = (UInt64(bytes.number16(at: offset)), bytes.bigNumber(at: offset + 2, 2))
      look.expect(
        little == big, part, field, "equal in both byte orders", found: "\(little) and \(big)",
        at: place + UInt64(offset))
      return little
    }
    look.expect(
      bytes[6] == 1 || bytes[0] == 2 && bytes[6] == 2, part, "version", "1", found: bytes[6],
      at: place + 6)
    let blocks = both32("volume space size", 80)
    let blockBytes = both16("logical block size", 128)
    let tableBytes = both32("path table size", 132)
    look.expect(
      (512...2048).contains(blockBytes) && blockBytes.nonzeroBitCount == 1, part,
      "logical block size", "512, 1024 or 2048", found: blockBytes, at: place + 128)
    let isSane = look.diagnostics.count == before
    guard isSane else { return nil }
    if Array(bytes[156..<190]).isAllZero, tableBytes == 0 {
      return ISO9660Volume(blocks: blocks, blockBytes: blockBytes, root: nil)
    }
    let table = UInt64(bytes.number32(at: 140)) * blockBytes
    let root = ISO9660Record(bytes[156..<190])
    look.expect(
      table + tableBytes <= blocks * blockBytes && tableBytes > 0, part, "path table",
      "one inside the volume", found: "\(tableBytes) bytes from \(table)", at: place + 132)
    guard let root, root.isDirectory else {
      look.expect(
        false, part, "root directory", "a directory", found: "something else", at: place + 156)
      return nil
    }
    look.expect(
      root.isConsistent, part, "root directory", "equal in both byte orders", found: "different",
      at: place + 156)
    look.expect(
      root.block * blockBytes + root.bytes <= blocks * blockBytes && root.bytes > 0, part,
      "root directory", "one inside the volume",
      found: "\(root.bytes) bytes from \(root.block * blockBytes)", at: place + 156)
    return ISO9660Volume(blocks: blocks, blockBytes: blockBytes, root: root)
  }
}

/// A volume that was found.
struct ISO9660Volume {
  let blocks: UInt64
  let blockBytes: UInt64
  /// The first directory; nil for a volume without any.
  let root: ISO9660Record?
}

/// A directory's record of a file or directory.
struct ISO9660Record {
  let block: UInt64
  let bytes: UInt64
  let isDirectory: Bool
  let isConsistent: Bool
  /// The record's own length.
  let length: Int
  /// True if it stands for the directory itself or for the one above it.
  let isDots: Bool

  /// Nil where the bytes are too few.
  init?(_ slice: ArraySlice<UInt8>) {
    let bytes = Array(slice)
    guard bytes.count >= 34 else { return nil }
    length = Int(bytes[0])
    block = UInt64(bytes.number32(at: 2)) + UInt64(bytes[1])
    self.bytes = UInt64(bytes.number32(at: 10))
    isDirectory = bytes[25] & 2 != 0
    isConsistent =
      UInt64(bytes.number32(at: 2)) == bytes.bigNumber(at: 6, 4)
      && self.bytes == bytes.bigNumber(at: 14, 4)
    isDots = bytes[32] == 1 && bytes[33] <= 1
  }
}

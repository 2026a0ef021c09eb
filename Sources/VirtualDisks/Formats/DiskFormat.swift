public import OVAByteSource

/// The format of a disk file, recognized by its bytes and not by its name.
public enum DiskFormat: String, Hashable, Sendable, CaseIterable {
  /// A hosted sparse VMDK extent: monolithicSparse, twoGbMaxExtentSparse, streamOptimized.
  case vmdkSparse
  /// The sparse VMDK of ESX redo logs and snapshots.
  case vmdkCOWD
  /// The space-efficient sparse VMDK of VMFS 6.
  case vmdkSESparse
  /// A VMDK text descriptor whose data lies in other files.
  case vmdkDescriptor
  /// A Virtual PC disk, dynamic or fixed.
  case vhd
  /// A Hyper-V disk.
  case vhdx
  /// A QEMU disk, version 2 or 3.
  case qcow2
  /// A VirtualBox disk.
  case vdi
  /// A Parallels disk.
  case parallels
  /// A raw disk image with a GUID partition table.
  case rawGPT
  /// A raw disk image with a master boot record.
  case rawMBR
  /// A CD or DVD image.
  case iso9660
  /// A gzip stream.
  case gzip
  /// A bzip2 stream.
  case bzip2
  /// An xz stream.
  case xz
  /// A Zstandard stream.
  case zstd
  /// A 7-Zip archive.
  case sevenZip
  /// A ZIP archive.
  case zip
  /// A RAR archive.
  case rar
  /// A tar archive.
  case tar
  /// A web page, as a failed download leaves it.
  case html
  /// An XML document.
  case xml
  /// A JSON document.
  case json
  /// A PDF document.
  case pdf
  /// A Git LFS pointer in place of the file it stands for.
  case gitLFSPointer
  /// A git-annex pointer in place of the file it stands for.
  case gitAnnexPointer
  /// An ELF or Windows program.
  case program
  /// Plain text of no known kind.
  case text
  /// Zeros, as far as the first look goes.
  case zeros
  /// No bytes at all.
  case empty
  /// None of the above.
  case unknown

  /// The name people know it by, fit for "looks like …".
  public var name: String {
    switch self {
    case .vmdkSparse: "a VMDK (sparse extent)"
    case .vmdkCOWD: "a VMDK (COWD)"
    case .vmdkSESparse: "a VMDK (SESparse)"
    case .vmdkDescriptor: "a VMDK text descriptor"
    case .vhd: "a VHD disk"
    case .vhdx: "a VHDX disk"
    case .qcow2: "a QCOW2 disk"
    case .vdi: "a VirtualBox VDI disk"
    case .parallels: "a Parallels disk"
    case .rawGPT: "a raw disk (GPT)"
    case .rawMBR: "a raw disk (MBR)"
    case .iso9660: "an ISO 9660 image"
    case .gzip: "a gzip stream"
    case .bzip2: "a bzip2 stream"
    case .xz: "an xz stream"
    case .zstd: "a Zstandard stream"
    case .sevenZip: "a 7-Zip archive"
    case .zip: "a ZIP archive"
    case .rar: "a RAR archive"
    case .tar: "a tar archive"
    case .html: "an HTML page"
    case .xml: "an XML document"
    case .json: "a JSON document"
    case .pdf: "a PDF document"
    case .gitLFSPointer: "a Git LFS pointer"
    case .gitAnnexPointer: "a git-annex pointer"
    case .program: "a program"
    case .text: "plain text"
    case .zeros: "a file that begins with zeros"
    case .empty: "an empty file"
    case .unknown: "of no known format"
    }
  }

  /// True if it is one of the VMDK kinds.
  public var isVMDK: Bool {
    switch self {
    case .vmdkSparse, .vmdkCOWD, .vmdkSESparse, .vmdkDescriptor: true
    default: false
    }
  }

  /// True if it stands for a file that was not fetched.
  public var isPlaceholder: Bool { self == .gitLFSPointer || self == .gitAnnexPointer }

  /// True if it is a raw image, or may be one: what has no partition table cannot be told apart
  /// from data of any kind.
  public var mayBeRaw: Bool {
    switch self {
    case .rawGPT, .rawMBR, .zeros, .unknown: true
    default: false
    }
  }

  /// True if it is a disk or medium at all.
  public var isDisk: Bool {
    switch self {
    case .vhd, .vhdx, .qcow2, .vdi, .parallels, .rawGPT, .rawMBR, .iso9660: true
    default: isVMDK
    }
  }

  /// Tells what `source` is with at most three small reads.
  /// - Throws: `DiskError` when the bytes cannot be had.
  public static func recognize(_ source: any ByteSource) throws(DiskError) -> DiskFormat {
    guard source.size > 0 else { return .empty }
    let head = try source.diskBytes(at: 0, count: 4608)
    if let format = bySignature(head) { return format }
    // The volume descriptor comes before the partition table: hybrid images have both.
    if try source.diskBytes(at: 32_769, count: 5).has("CD001") { return .iso9660 }
    if source.size >= 1024 {
      // Virtual PC up to 2003 wrote a footer of 511 bytes.
      let tail = try source.diskBytes(at: source.size - 512, count: 512)
      if tail.has("conectix") || tail.has("conectix", at: 1) { return .vhd }
    }
    if head.has("EFI PART", at: 512) || head.has("EFI PART", at: 4096) { return .rawGPT }
    if hasPartitions(head) { return .rawMBR }
    if head.isAllZero { return .zeros }
    return byText(head)
  }

  /// Tells a format by the first bytes alone, for a stream that cannot be read twice.
  /// - Parameter head: the first bytes, 4,096 if there are as many.
  public static func recognize(head: [UInt8]) -> DiskFormat {
    if head.isEmpty { return .empty }
    if let format = bySignature(head) { return format }
    if head.has("CD001", at: 32_769) { return .iso9660 }
    if head.has("EFI PART", at: 512) { return .rawGPT }
    if hasPartitions(head) { return .rawMBR }
    return head.isAllZero ? .zeros : byText(head)
  }

  private static func bySignature(_ head: [UInt8]) -> DiskFormat? {
    if head.has("KDMV") { return .vmdkSparse }
    if head.has("COWD") { return .vmdkCOWD }
    if head.number64(at: 0) == 0xCAFE_BABE, head.count >= 8 { return .vmdkSESparse }
    if head.has("conectix") { return .vhd }
    if head.has("vhdxfile") { return .vhdx }
    if head.has([0x51, 0x46, 0x49, 0xFB]) { return .qcow2 }
    if head.has([0x7F, 0x10, 0xDA, 0xBE], at: 64) { return .vdi }
    if head.has("WithoutFreeSpace") || head.has("WithouFreSpacExt") { return .parallels }
    if head.has([0x1F, 0x8B]) { return .gzip }
    if head.has("BZh") { return .bzip2 }
    if head.has([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0]) { return .xz }
    if head.has([0x28, 0xB5, 0x2F, 0xFD]) { return .zstd }
    if head.has([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C]) { return .sevenZip }
    if head.has([0x50, 0x4B, 3, 4]) || head.has([0x50, 0x4B, 5, 6]) { return .zip }
    if head.has("Rar!") { return .rar }
    if head.has("%PDF-") { return .pdf }
    if head.has([0x7F, 0x45, 0x4C, 0x46]) { return .program }
    if head.has("ustar", at: 257) { return .tar }
    return nil
  }

  /// Returns whether a boot sector holds at least one plausible partition and no implausible one.
  static func hasPartitions(_ head: [UInt8]) -> Bool {
    guard head.count >= 512, head[510] == 0x55, head[511] == 0xAA else { return false }
    let entries = (0..<4).map { Array(head[446 + 16 * $0..<462 + 16 * $0]) }
    return entries.allSatisfy { $0[0] == 0 || $0[0] == 0x80 }
      && entries.contains { $0[4] != 0 && $0.number32(at: 12) != 0 }
  }

  private static func byText(_ head: [UInt8]) -> DiskFormat {
    let marks: [[UInt8]] = [[0xEF, 0xBB, 0xBF]]
    var start = marks.contains(where: { head.has($0) }) ? 3 : 0
    while start < head.count, [0x20, 0x09, 0x0A, 0x0D].contains(head[start]) { start += 1 }
    let text = head[start...].prefix(512).map { (0x41...0x5A).contains($0) ? $0 + 32 : $0 }
    if text.has("# disk descriptorfile") { return .vmdkDescriptor }
    if text.has("<!doctype html") || text.has("<html") || text.has("<head") { return .html }
    if text.has("version https://git-lfs") { return .gitLFSPointer }
    // `/annex/objects/KEY`, or the target of a link on file systems that have none.
    let line = text.prefix { $0 != 0x0A && $0 != 0x0D }
    if line.firstRange(of: Array("/annex/objects/".utf8)) != nil, isText(head) {
      return .gitAnnexPointer
    }
    if text.has("<?xml") || text.has("<envelope") || text.has("<ovf:envelope") { return .xml }
    if text.first == 0x7B || text.first == 0x5B, isText(head) { return .json }
    if text.has("mz"), !isText(head) { return .program }
    // A descriptor whose first line was edited away is still one.
    if isText(head), text.has("createtype") || text.has("version=") { return .vmdkDescriptor }
    return isText(head) ? .text : .unknown
  }

  /// Returns whether it is UTF-8 without control characters; the last character may be cut.
  private static func isText(_ head: [UInt8]) -> Bool {
    head.allSatisfy { $0 >= 0x20 && $0 != 0x7F || [0x09, 0x0A, 0x0C, 0x0D].contains($0) }
      && (0..<4).contains { String(validating: head.dropLast($0), as: UTF8.self) != nil }
      && head.contains { $0 < 0x80 }
  }
}

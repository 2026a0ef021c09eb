import OVABasics
import OVAByteSource
import Testing
import VirtualDisks

/// Texts that are not in UTF-8, and lines that few products write.
@Suite struct DescriptorEncodingTests {
  /// "disk" in characters of each encoding, its bytes, and UTF-8.
  struct Name: CustomTestStringConvertible, Sendable {
    let encoding: String
    let bytes: [UInt8]
    let text: String
    var testDescription: String { encoding }
  }

  static let names = [
    Name(encoding: "GBK", bytes: [0xB4, 0xC5, 0xC5, 0xCC], text: "磁盘"),
    Name(encoding: "windows-936", bytes: [0xB4, 0xC5, 0xC5, 0xCC], text: "磁盘"),
    Name(encoding: "Shift_JIS", bytes: [0x83, 0x66, 0x83, 0x42], text: "ディ"),
    Name(encoding: "windows-1252", bytes: [0x44, 0xFC, 0x80], text: "Dü€"),
    Name(encoding: "ISO-8859-1", bytes: [0x44, 0xFC], text: "Dü"),
    Name(encoding: "Big5", bytes: [0xBA, 0xCF, 0xBA, 0xD0], text: "磁碟"),
    Name(encoding: "UTF-8", bytes: Array("磁盘".utf8), text: "磁盘"),
  ]

  private func text(_ name: Name, encodingIsLast: Bool = false) -> [UInt8] {
    let encoding = "encoding=\"\(name.encoding)\"\n"
    let head =
      "# Disk DescriptorFile\nversion=1\n\(encodingIsLast ? "" : encoding)CID=1\n"
      + "parentCID=ffffffff\ncreateType=\"monolithicFlat\"\nRW 8 FLAT \""
    let tail = ".vmdk\" 0\nddb.adapterType = \"ide\"\n\(encodingIsLast ? encoding : "")"
    return Array(head.utf8) + name.bytes + Array(tail.utf8)
  }

  @Test(arguments: names, [false, true])
  func `names are read in the encoding that the text declares`(name: Name, isLast: Bool) {
    let (descriptor, diagnostics) = DiskDescriptor.read(
      text(name, encodingIsLast: isLast), name: "disk.vmdk")
    #expect(diagnostics == [])
    #expect(descriptor.extents.first?.name == "\(name.text).vmdk")
  }

  @Test(arguments: names)
  func `an extent is found by its name in UTF-8 and by the bytes of the text`(name: Name) throws {
    let source = MemorySource(text(name), name: "disk.vmdk")
    let data = MemorySource([UInt8](repeating: 0, count: 4096), name: "data")
    let spelled = String(fileSystemBytes: name.bytes + Array(".vmdk".utf8))
    for kept in ["\(name.text).vmdk", spelled] {
      let disk = try VirtualDisk.open(source) { $0.utf8.elementsEqual(kept.utf8) ? data : nil }
      #expect(disk.diagnostics == [], "\(kept)")
    }
    let none = try VirtualDisk.open(source) { _ in nil }
    #expect(none.diagnostics.map(\.kind) == [.extentMissing(name: "\(name.text).vmdk")])
  }

  @Test(arguments: ["no-such-code", "../../etc/passwd", "UTF-8//TRANSLIT", ""])
  func `an encoding that is not known is said`(encoding: String) {
    let name = Name(encoding: encoding, bytes: [0xB4, 0xC5], text: "")
    let (_, diagnostics) = DiskDescriptor.read(text(name), name: "disk.vmdk")
    #expect(diagnostics.map(\.kind) == [.encodingUnknown(name: encoding.lowercased())])
  }

  @Test func `bytes that the encoding does not have are said`() {
    let name = Name(encoding: "Shift_JIS", bytes: [0x83, 0x20, 0xFF], text: "")
    let (_, diagnostics) = DiskDescriptor.read(text(name), name: "disk.vmdk")
    #expect(diagnostics.map(\.name) == ["encodingContradicted"])
  }

  private func read(_ extents: String, head: String = "version=1\n") -> (
    descriptor: DiskDescriptor, diagnostics: [DiskDiagnostic]
  ) {
    let text =
      "# Disk DescriptorFile\n\(head)CID=1\nparentCID=ffffffff\n"
      + "createType=\"custom\"\n\(extents)\n"
    return DiskDescriptor.read(Array(text.utf8), name: "disk.vmdk")
  }

  @Test(arguments: ["RDONLY 0 ZERO", "NOACCESS 100 ZERO", "RW 0 ZERO 0", "RW 8 zero \"\" 0"])
  func `an extent of zeros is read, of any length`(line: String) {
    let (descriptor, diagnostics) = read("\(line)\nRW 8 FLAT \"a.vmdk\" 0")
    #expect(diagnostics == [])
    #expect(descriptor.extents.count == 2)
    #expect(descriptor.extents.first?.isZero == true)
  }

  @Test func `an extent line has up to seven values`() {
    let (descriptor, diagnostics) = read(
      "RW 63 FLAT \"a.vmdk\" 5 partitionUUID 6ba7b810-9dad-11d1-80b4-00c04fd430c8")
    #expect(diagnostics == [])
    #expect(descriptor.extents.first?.offset == 5)
    #expect(descriptor.extents.first?.partitionUUID == "partitionUUID")
    #expect(descriptor.extents.first?.deviceID == "6ba7b810-9dad-11d1-80b4-00c04fd430c8")
    #expect(read("RW 63 FLAT \"a.vmdk\" 5 a b c").diagnostics.map(\.name) == ["extentInvalid"])
  }

  @Test(arguments: [("1", true), ("3", true), ("4", true), ("5", false), ("9", false)])
  func `versions up to 4 are known`(version: String, isKnown: Bool) {
    let (_, diagnostics) = read("RW 8 FLAT \"a.vmdk\" 0", head: "version=\(version)\n")
    #expect(diagnostics.isEmpty == isKnown)
  }

  @Test(arguments: [
    "encryptionKeys=\"vmware:key/list/(pair/(fqid))\"\n", "ddb.encryption = \"aes-256\"\n",
    "ddb.encryptionKeys = \"x\"\n",
  ])
  func `encryption is named, with version 5 too`(line: String) {
    let (descriptor, diagnostics) = read(
      "RW 8 FLAT \"a.vmdk\" 0", head: "version=5\n\(line)")
    let key = String(line.prefix { $0 != "=" && $0 != " " })
    #expect(descriptor.encryption == key)
    #expect(diagnostics.map(\.kind) == [.encrypted(by: key)])
  }
}

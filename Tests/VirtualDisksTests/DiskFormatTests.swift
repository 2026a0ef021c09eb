import Foundation
import OVABasics
import OVAByteSource
import OVATestSupport
import Testing
import VirtualDisks

@Suite
struct DiskFormatTests {
  private static func padded(_ bytes: [UInt8], at offset: Int = 0, to size: Int = 2048) -> [UInt8] {
    var file = [UInt8](repeating: 0, count: size)
    file.replaceSubrange(offset..<offset + bytes.count, with: bytes)
    return file
  }

  static let files: [(DiskFormat, [UInt8])] = [
    (.empty, []),
    (.vmdkSparse, padded(Array("KDMV".utf8))),
    (.vmdkCOWD, padded(Array("COWD".utf8))),
    (.vmdkSESparse, padded([0xBE, 0xBA, 0xFE, 0xCA])),
    (.vmdkDescriptor, Array("# disk descriptorfile\nversion=1\n".utf8)),
    (.vhd, padded(Array("conectix".utf8), at: 1536)),
    (.vhd, padded(Array("conectix".utf8))),
    (.vhdx, padded(Array("vhdxfile".utf8))),
    (.qcow2, padded([0x51, 0x46, 0x49, 0xFB, 0, 0, 0, 3])),
    (.vdi, padded([0x7F, 0x10, 0xDA, 0xBE], at: 64)),
    (.rawGPT, padded(Array("EFI PART".utf8), at: 512)),
    (.rawMBR, padded([0x80, 0, 0, 0, 7, 0, 0, 0, 1, 0, 0, 0, 9, 0, 0, 0], at: 446)),
    (.iso9660, padded(Array("CD001".utf8), at: 32_769, to: 40_000)),
    (.gzip, padded([0x1F, 0x8B, 8])),
    (.xz, padded([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0])),
    (.zip, padded([0x50, 0x4B, 3, 4])),
    (.tar, padded(Array("ustar".utf8), at: 257)),
    (.html, Array("\n <!DOCTYPE html><html></html>".utf8)),
    (.xml, Array("\u{FEFF}<?xml version=\"1.0\"?><Envelope/>".utf8)),
    (.json, Array("{\"error\": \"not found\"}".utf8)),
    (.pdf, Array("%PDF-1.4".utf8)),
    (.gitLFSPointer, Array("version https://git-lfs.github.com/spec/v1\noid sha256:1\n".utf8)),
    (.text, Array("Not found\n".utf8)),
    (.zeros, [UInt8](repeating: 0, count: 5000)),
    (.unknown, [0x80, 0x81, 0x82]),
  ]

  @Test(arguments: files)
  func aFileIsToldByItsBytes(format: DiskFormat, bytes: [UInt8]) throws {
    var bytes = bytes
    if format == .rawMBR { bytes.replaceSubrange(510..<512, with: [0x55, 0xAA]) }
    let source = MemorySource(bytes, name: "file")
    #expect(try DiskFormat.recognize(source) == format)
    let disk = try VirtualDisk.open(source)
    #expect(disk.format == format)
    if !format.isDisk { #expect(disk.diagnostics.map(\.kind) == [.notADisk(format)]) }
    // Of a disk there is nothing but its signature, which no check may take for a whole one.
    let deep = try disk.deepCheck()
    let isBare = format.mayBeRaw || format == .rawMBR
    #expect(isBare || !disk.verification(with: [deep]).isComplete)
  }

  @Test(
    .enabled(if: QemuImage.isThere, IntactDiskTests.needsQemu),
    arguments: [("vpc", DiskFormat.vhd), ("vhdx", .vhdx), ("qcow2", .qcow2), ("vdi", .vdi)])
  func disksOfOtherFormatsThatQemuImgMakesAreToldWithTheirCapacity(name: String, format: DiskFormat)
    throws
  {
    let folder = try Folder()
    try QemuImage.run("create", "-q", "-f", name, "\(folder.path)/disk", "64M")
    let disk = try folder.open("disk")
    #expect(disk.format == format)
    #expect(disk.diagnostics.isEmpty)
    if format == .vhd {
      // qemu rounds the capacity to whole cylinders.
      #expect((disk.capacity ?? 0) >= 64 << 20)
    } else if format != .vhdx {
      #expect(disk.capacity == 64 << 20)
    }
  }

  @Test(arguments: [
    ("gzip.compress(b'x')", DiskFormat.gzip), ("bz2.compress(b'x')", .bzip2),
    ("lzma.compress(b'x')", .xz), ("open('/bin/true', 'rb').read()", .program),
    ("archive(zipfile.ZipFile, 'w').getvalue()", .zip), ("tape().getvalue()", .tar),
  ])
  func aFileOfARealToolIsNamed(making: String, format: DiskFormat) throws {
    let folder = try Folder()
    let script = """
      import bz2, gzip, io, lzma, sys, tarfile, zipfile
      def archive(kind, mode):
        out = io.BytesIO()
        with kind(out, mode) as file: file.writestr('a', 'b')
        return out
      def tape():
        out = io.BytesIO()
        with tarfile.open(fileobj=out, mode='w') as file: file.addfile(tarfile.TarInfo('a'))
        return out
      open(sys.argv[1], 'wb').write(\(making))
      """
    let made = try run("python3", ["-c", script, "\(folder.path)/disk.vmdk"])
    try #require(made.status == 0, "\(made.errorText)")
    let disk = try folder.open("disk.vmdk")
    #expect(disk.format == format)
    #expect(disk.diagnostics.map(\.kind) == [.notADisk(format)])
    #expect(disk.diagnostics.first?.weight == .damage)
  }

  @Test(.enabled(if: QemuImage.isThere, IntactDiskTests.needsQemu))
  func aFixedVHDIsToldFromTheRawDiskThatItBeginsLike() throws {
    let folder = try Folder()
    try QemuImage.run(
      "create", "-q", "-f", "vpc", "-o", "subformat=fixed", "\(folder.path)/disk", "8M")
    let file = try FileHandle(forUpdating: URL(fileURLWithPath: "\(folder.path)/disk"))
    var boot = [UInt8](repeating: 0, count: 512)
    boot.replaceSubrange(446..<462, with: [0x80, 0, 0, 0, 7, 0, 0, 0, 1, 0, 0, 0, 9, 0, 0, 0])
    boot.replaceSubrange(510..<512, with: [0x55, 0xAA])
    try file.write(contentsOf: boot)
    try file.close()
    #expect(try folder.open("disk").format == .vhd)
  }
}

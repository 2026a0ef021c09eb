import OVABasics
import OVAByteSource
import Testing
import VirtualDisks

@Suite
struct DescriptorTests {
  static let whole = """
    # Disk DescriptorFile
    version=1\u{20}
    CID=fffffffe
    parentCID=ffffffff
    createType="monolithicFlat"

    # Extent description
    RW 8 FLAT "disk-flat.vmdk" 0

    # The Disk Data Base
    DDB.AdapterType = "lsilogic"
    ddb.virtualHWVersion="13"
    ddb.toolsVersion = "10309"\t
    ddb.uuid = "60 00 C2 9a"
    """

  private func read(_ text: String) -> (descriptor: DiskDescriptor, diagnostics: [DiskDiagnostic]) {
    DiskDescriptor.read(Array(text.utf8), name: "disk.vmdk")
  }

  @Test
  func valuesAreReadWhateverTheCaseAndTheBlanks() {
    let (descriptor, diagnostics) = read(Self.whole)
    #expect(diagnostics.isEmpty)
    #expect(descriptor.createType == "monolithicFlat")
    #expect(descriptor.adapterType == "lsilogic")
    #expect(descriptor.hardwareVersion == "13")
    #expect(descriptor.toolsVersion == "10309")
    #expect(descriptor.uuid == "60 00 C2 9a")
    #expect(!descriptor.hasParent)
    #expect(descriptor.sectors == 8)
    #expect(descriptor.extents.first?.name == "disk-flat.vmdk")
    #expect(descriptor.extents.first?.place.line == 8)
  }

  @Test
  func linesThatEndInCRLFAreRead() {
    let text = Self.whole.split(separator: "\n", omittingEmptySubsequences: false)
      .joined(separator: "\r\n")
    #expect(read(text).diagnostics.isEmpty)
    // Inside a disk nobody writes them but an editor.
    let (_, diagnostics) = DiskDescriptor.read(Array(text.utf8), name: "disk.vmdk", offset: 512)
    #expect(diagnostics.map(\.kind) == [.descriptorLineEnds(lines: 13)])
    #expect(diagnostics.first?.weight == .note)
  }

  @Test(arguments: [
    ("CID=fffffffe", "CID=wxyz", "contentIDInvalid"),
    ("CID=fffffffe", "CID=123456789", "contentIDInvalid"),
    ("CID=fffffffe\n", "", "descriptorKeyMissing"),
    ("CID=fffffffe", "CID=1\nCID=2", "descriptorKeyTwice"),
    ("parentCID=ffffffff", "parentCID=12345678", "hasParent"),
    ("version=1", "version=9", "descriptorVersion"),
    ("monolithicFlat", "monolithicFlap", "createTypeUnknown"),
    ("lsilogic", "floppy", "adapterTypeUnknown"),
    ("# Disk DescriptorFile", "# A Disk", "descriptorFirstLine"),
    ("# Extent description", "Extent description", "descriptorLine"),
    ("RW 8 FLAT", "RW x FLAT", "extentInvalid"),
    ("RW 8 FLAT", "RW 99999999999999999999999 FLAT", "extentInvalid"),
    ("RW 8 FLAT", "RW 18446744073709551615 FLAT", "extentInvalid"),
    ("RW 8 FLAT", "RW 8 ROUND", "extentInvalid"),
    ("RW 8 FLAT \"disk-flat.vmdk\" 0\n", "", "extentsMissing"),
    ("disk-flat.vmdk", "/dev/sda", "extentDevice"),
    ("disk-flat.vmdk", "\\\\.\\PhysicalDrive0", "extentDevice"),
    ("disk-flat.vmdk", "//./PhysicalDrive0", "extentDevice"),
    ("disk-flat.vmdk", "/etc/shadow", "extentAbsolute"),
    ("disk-flat.vmdk", "C:\\disk.vmdk", "extentAbsolute"),
    ("disk-flat.vmdk", "../disk.vmdk", "extentEscapes"),
    ("disk-flat.vmdk", "a/../../disk.vmdk", "extentEscapes"),
    ("disk-flat.vmdk", "a\\..\\disk.vmdk", "extentEscapes"),
    ("# The Disk", "\u{0}# The Disk", "descriptorNUL"),
    ("ddb.virtualHWVersion", "ddb.virtualHWVersions", "descriptorKeyUnknown"),
    ("ddb.toolsVersion = \"10309\"", "ddb.toolsVersion = \"10309", "descriptorQuotes"),
    ("# The Disk", "# The\rDisk", "descriptorLoneReturn"),
    ("# The Disk", "# \u{1}The Disk", "descriptorUnreadable"),
  ])
  func whatIsWrongIsTold(change: (old: String, new: String, diagnostic: String)) throws {
    let parts = Self.whole.split(
      separator: change.old, maxSplits: 1, omittingEmptySubsequences: false)
    try #require(parts.count == 2)
    let names = read(parts.joined(separator: change.new)).diagnostics.map(\.name)
    #expect(names == [change.diagnostic])
  }

  @Test
  func aDangerousExtentIsNeverAskedFor() throws {
    for name in ["/dev/sda", "../x", "/etc/passwd", "C:x"] {
      let text = Self.whole.replacing("disk-flat.vmdk", with: name)
      var asked: [String] = []
      let disk = try VirtualDisk.open(MemorySource(Array(text.utf8), name: "disk.vmdk")) {
        asked.append($0)
        return MemorySource([UInt8](repeating: 1, count: 4096), name: $0)
      }
      #expect(asked.isEmpty)
      #expect(disk.diagnostics.count == 1)
      #expect(throws: DiskError.self) { _ = try DiskContents(of: disk) }
    }
  }

  @Test
  func aFlatExtentMustBeThereAndLongEnough() throws {
    let source = MemorySource(Array(Self.whole.utf8), name: "disk.vmdk")
    let content = (0..<4096).map { UInt8(truncatingIfNeeded: $0 / 512) }
    let disk = try VirtualDisk.open(source) { MemorySource(content, name: $0) }
    #expect(disk.diagnostics.isEmpty)
    #expect(disk.otherFiles == ["disk-flat.vmdk"])
    #expect(disk.capacity == 4096)
    #expect(try contents(disk) == content)
    let short = try VirtualDisk.open(source) {
      MemorySource(Array(content.dropLast()), name: $0)
    }
    let kind = DiskDiagnosticKind.extentTooShort(
      name: "disk-flat.vmdk", expected: 4096, found: 4095)
    #expect(short.diagnostics.map(\.kind) == [kind])
    let missing = try VirtualDisk.open(source) { _ in nil }
    #expect(missing.diagnostics.map(\.name) == ["extentMissing"])
    #expect(try VirtualDisk.open(source).diagnostics.isEmpty)
  }

  @Test
  func aMillionExtentsAreCountedAndNotKept() throws {
    let line = Array("RW 1 FLAT \"a\" 0\n".utf8)
    var bytes = Array(Self.whole.utf8) + [0x0A]
    for _ in 0..<200_000 { bytes += line }
    var limits = Limits()
    limits.diskExtents = 1000
    let (descriptor, diagnostics) = DiskDescriptor.read(bytes, name: "d", limits: limits)
    #expect(descriptor.extents.count == 1000)
    #expect(diagnostics.map(\.kind) == [.tooManyExtents(most: 1000, found: 200_001)])
  }

  @Test
  func aDescriptorBeyondTheLimitIsTold() throws {
    var limits = Limits()
    limits.diskDescriptorBytes = 400
    let bytes = Array(Self.whole.utf8) + [UInt8](repeating: 0x0A, count: 1000)
    let disk = try VirtualDisk.open(MemorySource(bytes, name: "d"), limits: limits)
    #expect(disk.diagnostics.map(\.name) == ["descriptorTooLarge"])
  }

  @Test
  func anEmbeddedDescriptorThatContradictsItsHeaderIsTold() throws {
    var options = SparseDiskWriter.Options()
    options.descriptor = """
      # Disk DescriptorFile
      version=1
      CID=1
      createType="monolithicSparse"
      RW 4096 SPARSE "x.vmdk"

      """
    var writer = try SparseDiskWriter(
      capacity: 1 << 20, layout: .streamOptimized(.directoryInFooter), options: options)
    try writer.append([1], grain: 0)
    let names = try diagnosticNames(writer.finish())
    #expect(names == ["extentsDisagree", "createTypeContradiction"])
  }

  @Test
  func aSparseExtentThatNamesADeviceBesideItselfIsTold() throws {
    var options = SparseDiskWriter.Options()
    options.descriptor = DescriptorTests.whole.replacing("disk-flat.vmdk", with: "/dev/sda")
    let file = try SparseDiskWriter(
      capacity: 4096, layout: .monolithicSparse(version: 1), options: options
    ).finish()
    #expect(try diagnosticNames(file).contains("extentDevice"))
  }
}

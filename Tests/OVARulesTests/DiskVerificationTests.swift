import OVAPackage
import OVARules
import OVATestSupport
import Testing
import VirtualDisks

/// Tests of what a deep check reports as verified of a package's disks and of the files that belong
/// to them.
@Suite struct DiskVerificationTests {
  private func check(
    _ example: Example, deep: Bool = true
  ) async throws -> (checked: CheckedPackage, rules: [String]) {
    let folder = try TemporaryFolder()
    let path = try ExamplePackage(example).write(example.form, to: folder)
    var options = ReadingOptions()
    options.deep = deep
    let checked = try await Package.open(path).checked(options)
    return (checked, Rule.findings(of: Rule.all, in: checked).map(\.rule))
  }

  /// The sound package with another disk in it.
  private static func disk(_ content: Example.Content) -> Example {
    Example(
      .ova, edits: [Example.Edit(old: #" ovf:size="SIZE""#, new: "")],
      [.content("web-disk1.vmdk", content)])
  }

  @Test func `a disk is verified when every byte of it was read and judged`() async throws {
    #expect(try await check(.sound(.ova)).checked.areDisksVerified)
    #expect(try await check(.sound(.folder)).checked.areDisksVerified)
    #expect(try await !check(.sound(.ova), deep: false).checked.areDisksVerified)
  }

  /// A COWD extent of which only the header can be judged.
  private static let cowd: [UInt8] = {
    var bytes = [UInt8](repeating: 0, count: 64 * 512)
    bytes.replaceSubrange(0..<4, with: Array("COWD".utf8))
    for (offset, number) in [(4, 1), (8, 3), (13, 0x40), (16, 1), (20, 4), (24, 4), (28, 64)] {
      bytes[offset] = UInt8(number)
    }
    return bytes
  }()

  @Test(arguments: [
    disk(.bytes(cowd)), disk(.shortened(by: 512)), disk(.flipped(at: (128 << 9) + 40)),
    disk(.text("<html></html>")), disk(.bytes([])), disk(.bytes(Array("COWD of few bytes".utf8))),
  ])
  func `what was not read, or is damaged, is not called verified`(example: Example) async throws {
    let (checked, _) = try await check(example)
    let disk = try #require(checked.package.disks.first)
    #expect(!checked.areDisksVerified)
    #expect(!checked.verification(of: disk).unchecked.isEmpty)
  }

  @Test func `a snapshot's data is no streamed disk`() async throws {
    let (_, rules) = try await check(Self.disk(.bytes(Self.cowd)))
    #expect(rules.contains("disk-format-mismatch"))
  }

  /// A disk whose text names two files, which the References list.
  private static func extents(_ more: [Example.Change]) -> Example {
    Example(
      .folder,
      edits: [
        Example.Edit(
          old: #"ovf:size="SIZE"/>"#,
          new: #"/><File ovf:id="a" ovf:href="a.vmdk"/><File ovf:id="b" ovf:href="b.vmdk"/>"#),
        Example.Edit(old: "#streamOptimized", new: "#twoGbMaxExtentFlat"),
        Example.Edit(
          old: #"ovf:capacity="64" ovf:capacityAllocationUnits="byte * 2^20""#,
          new: #"ovf:capacity="8192""#),
      ],
      [
        .content(
          "web-disk1.vmdk",
          .text(
            """
            # Disk DescriptorFile
            version=1
            CID=12345678
            parentCID=ffffffff
            createType="twoGbMaxExtentFlat"
            RW 8 FLAT "a.vmdk" 0
            RW 8 FLAT "b.vmdk" 0
            ddb.adapterType = "lsilogic"

            """)),
        .add("a.vmdk", .filled(with: 1, count: 4096)),
      ] + more)
  }

  @Test func `extents that the References list belong to their disk`() async throws {
    let whole = Self.extents([.add("b.vmdk", .filled(with: 2, count: 4096))])
    let (checked, rules) = try await check(whole)
    // The examples' extents are listed without their sizes.
    #expect(rules == ["file-size-missing"])
    #expect(checked.areDisksVerified)
    let (cut, found) = try await check(
      Self.extents([.add("b.vmdk", .filled(with: 2, count: 4000))]))
    #expect(found == ["disk-truncated", "file-size-missing"])
    #expect(!cut.areDisksVerified)
  }

  @Test func `an extent that no reference lists is not called foreign`() async throws {
    var example = Self.extents([.add("b.vmdk", .filled(with: 2, count: 4096))])
    example.form = .ova
    example.edits[0] = Example.Edit(old: #" ovf:size="SIZE""#, new: "")
    let (_, rules) = try await check(example)
    #expect(rules.contains("disk-extent-unlisted"))
    #expect(!rules.contains("foreign-member"))
  }
}

import Foundation
import OVABasics
import OVAIntegrity
import OVAPackage
import OVARules
import OVATestSupport
import Synchronization
import Testing
import VirtualDisks

/// Tests of the evidence of the one reading pass.
@Suite struct EvidenceTests {
  private func package(
    _ example: Example, _ options: ReadingOptions,
    beforeReading: (TemporaryFolder) throws -> Void = { _ in }
  ) async throws -> (checked: CheckedPackage, bytesRead: UInt64, findings: [Finding]) {
    let folder = try TemporaryFolder()
    let package = try Package.open(try ExamplePackage(example).write(example.form, to: folder))
    try beforeReading(folder)
    let count = Mutex(UInt64(0))
    let checked = await package.checked(options) { bytes in count.withLock { $0 += bytes } }
    return (checked, count.withLock { $0 }, Rule.findings(of: Rule.all, in: checked))
  }

  private func options(digests: Bool = true, deep: Bool = true) -> ReadingOptions {
    var options = ReadingOptions()
    options.digests = digests
    options.deep = deep
    return options
  }

  private func diskEvidence(_ checked: CheckedPackage) throws -> FileEvidence {
    let disk = try #require(checked.package.disks.first)
    return try #require(checked.evidence.of(disk.reference))
  }

  @Test func digestsGzipAndGrainsShareOneRead() async throws {
    let (checked, bytes, findings) = try await package(.sound(.ova), options())
    let read = checked.package.files.filter { $0.path.map { checked.evidence.files[$0] } != nil }
    let listed = read.filter { !$0.name.hasSuffix(".mf") }
    #expect(bytes == listed.reduce(0) { $0 + $1.size })
    #expect(try diskEvidence(checked).deep?.isChecked == true)
    #expect(try diskEvidence(checked).deep?.grains == 2)
    #expect(findings == [])
  }

  @Test func theDeepCheckReadsDisksWithoutDigests() async throws {
    let (checked, bytes, _) = try await package(.sound(.ova), options(digests: false))
    #expect(!checked.evidence.digestsComputed)
    #expect(checked.evidence.disksChecked)
    #expect(bytes == checked.package.disks.first?.reference.file?.size)
    #expect(try diskEvidence(checked).digests.isEmpty)
    #expect(try diskEvidence(checked).deep?.isChecked == true)
  }

  @Test func aDamagedGrainIsFoundInTheArchiveAndInAFolder() async throws {
    let change = Example.Change.content("web-disk1.vmdk", .flipped(at: (128 << 9) + 40))
    for form in [Example.Form.ova, .folder] {
      let (_, _, found) = try await package(Example(form, change), options())
      #expect(found.map(\.rule) == ["disk-grain-damaged"])
      #expect(found.first?.place.offset == 128 << 9)
      let (_, _, unseen) = try await package(Example(form, change), options(deep: false))
      #expect(unseen == [])
    }
  }

  private static let compressed = Example.Edit(
    old: #"ovf:size="SIZE""#, new: #"ovf:compression="gzip""#)

  @Test func aCompressedDiskIsCheckedAsItInflates() async throws {
    let sound = Example(
      .ova, edits: [Self.compressed], [.content("web-disk1.vmdk", .gzipped)])
    let (checked, _, findings) = try await package(sound, options())
    let evidence = try diskEvidence(checked)
    #expect(evidence.gzip?.outcome.diagnostic == nil)
    #expect(evidence.gzip?.content?.capacity == SoundPackage.diskCapacity)
    #expect(evidence.deep?.grains == 2)
    #expect(findings.map(\.rule) == ["compression-gzip", "file-size-missing"])
    let damaged = Example(
      .ova, edits: [Self.compressed],
      [
        .content("web-disk1.vmdk", .flipped(at: (128 << 9) + 40)),
        .content("web-disk1.vmdk", .gzipped),
      ])
    let (_, _, found) = try await package(damaged, options())
    #expect(
      found.map(\.rule).sorted() == [
        "compression-gzip", "disk-grain-damaged", "file-size-missing",
      ])
  }

  @Test func theCheapCheckLooksIntoACompressedDisk() async throws {
    let smaller = Example(
      .ova,
      edits: [Self.compressed, .init(old: #"ovf:capacity="64""#, new: #"ovf:capacity="32""#)],
      [.content("web-disk1.vmdk", .gzipped)])
    let (_, _, found) = try await package(smaller, options(deep: false))
    #expect(found.map(\.rule).contains("disk-capacity-too-small"))
  }

  @Test func grainsThatChunksCutThroughAreChecked() async throws {
    let folder = try TemporaryFolder()
    let path = try ExamplePackage(
      Example(
        .folder,
        edits: [.init(old: #"ovf:size="SIZE""#, new: #"ovf:size="SIZE" ovf:chunkSize="66000""#)],
        [.remove("web.mf")])
    ).write(.folder, to: folder)
    let bytes = try Data(contentsOf: URL(filePath: folder.path("web-disk1.vmdk")))
    #expect(bytes.count > 66_000)
    try folder.write(Array(bytes[..<66_000]), to: "web-disk1.vmdk.000000000")
    try folder.write(Array(bytes[66_000...]), to: "web-disk1.vmdk.000000001")
    try FileManager.default.removeItem(atPath: folder.path("web-disk1.vmdk"))
    let checked = try await Package.open(path).checked(options())
    #expect(checked.evidence.chunked["web-disk1.vmdk"]?.deep?.grains == 2)
    let mine = Rule.all.filter { $0.group == .references || $0.group == .disks }
    #expect(Rule.findings(of: mine, in: checked) == [])
  }

  @Test func afterAFileThatCannotBeReadTheRestIsChecked() async throws {
    let (checked, _, findings) = try await package(.sound(.folder), options()) { folder in
      let file = try FileHandle(forWritingTo: URL(filePath: folder.path("web-disk1.vmdk")))
      try file.truncate(atOffset: 100)
    }
    #expect(findings.map(\.rule) == ["file-unreadable"])
    #expect(findings.first?.place.file.hasSuffix("web-disk1.vmdk") == true)
    let descriptor = try #require(checked.package.descriptor.path)
    #expect(checked.evidence.files[descriptor]?.digests.isEmpty == false)
  }

  @Test func theExtentsOfATextDescriptorAreReadToo() async throws {
    let folder = try TemporaryFolder()
    let raw = try folder.write([UInt8](repeating: 7, count: 1 << 20), to: "raw.img")
    try run(
      "qemu-img",
      [
        "convert", "-f", "raw", "-O", "vmdk", "-o",
        "subformat=twoGbMaxExtentSparse,adapter_type=lsilogic", raw,
        folder.path("web-disk1.vmdk"),
      ])
    let text = SoundPackage.descriptor.replacing(#" ovf:size="SIZE""#, with: "")
      .replacing("#streamOptimized", with: "#twoGbMaxExtentSparse")
      .replacing(#"ovf:capacity="64""#, with: #"ovf:capacity="1""#)
    let path = try folder.write(Array(text.utf8), to: "web.ovf")
    let sound = try await Package.open(path).checked(options())
    let mine = Rule.all.filter { $0.group == .references || $0.group == .disks }
    #expect(sound.evidence.files.values.contains { $0.deep?.grains == 16 })
    #expect(
      Rule.findings(of: mine, in: sound).map(\.rule)
        == ["disk-extent-unlisted", "file-size-missing"])
    let extent = URL(filePath: folder.path("web-disk1-s001.vmdk"))
    let file = try FileHandle(forWritingTo: extent)
    try file.truncate(atOffset: 1 << 20)
    let cut = try await Package.open(path).checked(options())
    #expect(Rule.findings(of: Rule.all, in: cut).map(\.rule).contains("disk-truncated"))
  }
}

import OVABasics
import OVAByteSource
import OVAIntegrity
import OVAPackage
import OVATestSupport
import OVFDescriptor
import OVFXML
import Testing
import VirtualDisks

@Suite struct StreamedPackageTests {
  private let descriptor = """
    <?xml version="1.0"?>
    <Envelope xmlns="http://schemas.dmtf.org/ovf/envelope/1"
      xmlns:ovf="http://schemas.dmtf.org/ovf/envelope/1">
      <References><File ovf:id="f" ovf:href="disk.vmdk"/></References>
      <DiskSection><Info/><Disk ovf:diskId="d" ovf:fileRef="f" ovf:capacity="1"/></DiskSection>
    </Envelope>
    """

  private func stream(_ files: [(String, [UInt8])]) throws -> (Package, Evidence) {
    var builder = TarBuilder()
    for (name, bytes) in files { builder.file(name, bytes) }
    builder.end()
    let source = MemorySource(builder.bytes, name: "web.ova")
    let (package, evidence) = try Package.read(SourceStream(source))
    return (package, evidence)
  }

  /// A disk whose directory lies behind what is kept of a stream.
  private func largeDisk(_ layout: SparseDiskWriter.Layout) throws -> [UInt8] {
    var options = SparseDiskWriter.Options()
    options.lines = []
    var writer = try SparseDiskWriter(capacity: 64 << 20, layout: layout, options: options)
    var random = SystemRandomNumberGenerator()
    for grain in 0..<160 {
      let words = (0..<8_192).map { _ in random.next() }
      try writer.append(words.withUnsafeBytes { Array($0) }, grain: grain)
    }
    return writer.finish()
  }

  @Test func aLargeDiskIsLookedAtByItsEnds() throws {
    let disk = try largeDisk(.streamOptimized(.directoryInFooter))
    #expect(disk.count > 10 << 20)
    let (package, evidence) = try stream([
      ("web.ovf", Array(descriptor.utf8)), ("disk.vmdk", disk),
    ])
    guard case .disk(let seen) = package.disks.first?.content else {
      Issue.record("nothing was seen of the disk")
      return
    }
    #expect(seen.format == .vmdkSparse)
    #expect(seen.capacity == 64 << 20)
    #expect(seen.diagnostics.isEmpty)
    let file = try #require(package.references.first?.file?.path)
    #expect(evidence.files[file]?.bytesRead == UInt64(disk.count))
    #expect(evidence.files[file]?.digest(.sha256) == DigestValue.of(disk, .sha256))
  }

  @Test func whatWasNotKeptIsUnknownAndNotDamaged() throws {
    // A sparse header whose descriptor lies in the middle of the file.
    var disk = try largeDisk(.monolithicSparse(version: 1))
    let sector = UInt64(disk.count) / 512 / 2
    for index in 0..<8 { disk[28 + index] = UInt8(truncatingIfNeeded: sector >> (8 * index)) }
    let (package, _) = try stream([("web.ovf", Array(descriptor.utf8)), ("disk.vmdk", disk)])
    #expect(package.disks.count == 1)
    #expect(package.disks.first?.content == nil)
  }

  @Test func withoutAManifestEveryAlgorithmIsComputed() throws {
    let (_, evidence) = try stream([("web.ovf", Array(descriptor.utf8)), ("disk.vmdk", [1, 2, 3])])
    for file in evidence.files.values { #expect(file.digests.count == 4) }
  }

  @Test func aManifestThatPassedDecidesWhatIsComputed() throws {
    let line = "SHA256(disk.vmdk)= \(DigestValue.of([1, 2, 3], .sha256).hex)\n"
    let (package, evidence) = try stream([
      ("web.ovf", Array(descriptor.utf8)), ("web.mf", Array(line.utf8)), ("disk.vmdk", [1, 2, 3]),
    ])
    let file = try #require(package.references.first?.file?.path)
    #expect(evidence.files[file]?.digests.map(\.algorithm) == [.sha256])
  }

  @Test func chunksThatPassInOrderHaveADigestOfTheWhole() throws {
    let (package, evidence) = try stream([
      ("web.ovf", Array(descriptor.utf8)), ("disk.vmdk.000000000", [1, 2]),
      ("disk.vmdk.000000001", [3]),
    ])
    #expect(package.references.count == 1)
    #expect(evidence.chunked["disk.vmdk"]?.digest(.sha1) == DigestValue.of([1, 2, 3], .sha1))
  }

  /// The evidence of a package as a file and as a stream, in a form that can be compared.
  private func evidence(
    _ files: [(String, [UInt8])], _ options: ReadingOptions
  ) async throws -> (file: CheckedPackage, stream: CheckedPackage) {
    var builder = TarBuilder()
    for (name, bytes) in files { builder.file(name, bytes) }
    builder.end()
    let source = MemorySource(builder.bytes, name: "web.ova")
    let (package, evidence) = try Package.read(SourceStream(source), options: options)
    return (try await Package.open(source).checked(options), await package.checked(evidence))
  }

  @Test func `contents are looked at alike in a file and a stream`() async throws {
    let disk = try largeDisk(.streamOptimized(.directoryInFooter))
    let literal = descriptor.replacing("disk.vmdk", with: "a%20b.vmdk")
    let numbered = descriptor.replacing("disk.vmdk", with: "disk.vmdk.000000000")
    let withImage = descriptor.replacing(
      "</References>", with: #"<File ovf:id="g" ovf:href="seed.iso"/></References>"#)
    var image = [UInt8](repeating: 0, count: 40 << 10)
    image.replaceSubrange(32_768..<32_774, with: [1] + Array("CD001".utf8))
    var options = ReadingOptions()
    options.deep = true
    for (text, name) in [
      (descriptor, "disk.vmdk"), (literal, "a b.vmdk"), (literal, "a%20b.vmdk"),
      (numbered, "disk.vmdk.000000000"),
      (withImage, "disk.vmdk"),
    ] {
      let (file, stream) = try await evidence(
        [
          ("web.ovf", Array(text.utf8)), (name, disk),
          ("seed.iso", image), ("other.vmdk", Array("text".utf8)),
        ], options)
      for (path, seen) in file.evidence.files {
        let passed = try #require(stream.evidence.files[path])
        #expect(passed.bytesRead == seen.bytesRead)
        #expect((passed.deep == nil) == (seen.deep == nil), "\(path.text) of \(name)")
        #expect(passed.deep?.grains == seen.deep?.grains, "\(path.text) of \(name)")
      }
      let deep = try file.package.references.map { try #require(file.evidence.of($0)).deep != nil }
      #expect(deep.allSatisfy { $0 }, "\(name)")
    }
  }

  @Test func `message bundles that come after the descriptor are read`() throws {
    let text = descriptor.replacing(
      "</References>",
      with: """
        <File ovf:id="b" ovf:href="de.msg"/></References>
        <Strings ovf:fileRef="b" xml:lang="de"/>
        """)
    let bundle = #"""
      <Strings xmlns:ovf="http://schemas.dmtf.org/ovf/envelope/1"
        xmlns="http://schemas.dmtf.org/ovf/envelope/1"><Msg ovf:msgid="a">Hallo</Msg></Strings>
      """#
    let (package, _) = try stream([
      ("web.ovf", Array(text.utf8)), ("disk.vmdk", [1]), ("de.msg", Array(bundle.utf8)),
    ])
    #expect(package.envelope.bundles.first?.isRead == true)
    #expect(package.envelope.bundles.first?.messages.first?.text == "Hallo")
    #expect(
      !package.envelope.diagnostics.contains { diagnostic in
        if case .bundleUnread = diagnostic.kind { return true }
        return false
      })
  }

  @Test(arguments: [false, true]) func `the descriptor is parsed once`(
    hasBundle: Bool
  ) throws {
    let text =
      hasBundle
      ? descriptor.replacing(
        "</References>",
        with: """
          <File ovf:id="b" ovf:href="de.msg"/></References>
          <Strings ovf:fileRef="b" xml:lang="de"/>
          """) : descriptor
    let bundle = #"<Strings xmlns="http://schemas.dmtf.org/ovf/envelope/1"/>"#
    let files: [(String, [UInt8])] = [
      ("web.ovf", Array(text.utf8)), ("web.mf", []), ("disk.vmdk", [1]),
      ("de.msg", Array(bundle.utf8)),
    ]
    var builder = TarBuilder()
    for (name, bytes) in files { builder.file(name, bytes) }
    builder.end()
    let source = MemorySource(builder.bytes, name: "web.ova")
    let folder = try TemporaryFolder()
    for (name, bytes) in files { try folder.write(bytes, to: name) }
    let ways: [(way: String, read: () throws -> Void)] = [
      ("archive", { _ = try Package.open(source) }),
      ("stream", { _ = try Package.read(SourceStream(source)) }),
      ("folder", { _ = try Package.open(folder.path) }),
    ]
    for (way, read) in ways {
      let count = ParsingCount()
      try ParsingCount.$current.withValue(count) { try read() }
      #expect(
        count.documents.map { $0.hasSuffix("web.ovf") ? "descriptor" : $0 }
          == (hasBundle ? ["descriptor", "b"] : ["descriptor"]), "\(way)")
    }
  }

  @Test func `a descriptor that comes behind many disks is read, and so are these`() async throws {
    let disk = try largeDisk(.streamOptimized(.directoryInFooter))
    let names = (1...6).map { "disk\($0).vmdk" }
    let text = """
      <?xml version="1.0"?>
      <Envelope xmlns="http://schemas.dmtf.org/ovf/envelope/1"
        xmlns:ovf="http://schemas.dmtf.org/ovf/envelope/1">
        <References>\(names.map { #"<File ovf:id="\#($0)" ovf:href="\#($0)"/>"# }.joined())
        </References>
        <DiskSection><Info/>\(names.map {
          #"<Disk ovf:diskId="d\#($0)" ovf:fileRef="\#($0)" ovf:capacity="67108864"/>"#
        }.joined())</DiskSection>
      </Envelope>
      """
    let (package, _) = try stream(names.map { ($0, disk) } + [("web.ovf", Array(text.utf8))])
    #expect(package.disks.count == 6)
    for disk in package.disks {
      guard case .disk(let seen) = disk.content else {
        Issue.record("nothing was seen of \(disk.reference.reference.href?.text ?? "")")
        continue
      }
      #expect(seen.format == .vmdkSparse)
      #expect(seen.capacity == 64 << 20)
    }
  }

  @Test func `a descriptor that comes behind large files of other kinds is read`() throws {
    let bytes = [UInt8](repeating: 7, count: 6 << 20)
    let (package, _) = try stream(
      (1...5).map { ("data\($0).bin", bytes) } + [("web.ovf", Array(descriptor.utf8))])
    #expect(package.references.count == 1)
  }

  @Test func `a second descriptor decides nothing`() throws {
    let second = descriptor.replacing(
      #"ovf:href="disk.vmdk""#, with: #"ovf:href="x" ovf:compression="gzip""#)
    let line = "SHA256(x)= \(DigestValue.of([], .sha256).hex)\n"
    let (package, evidence) = try stream([
      ("web.ovf", Array(descriptor.utf8)), ("other.ovf", Array(second.utf8)),
      ("other.mf", Array(line.utf8)), ("x", [0x1F, 0x8B, 8]),
    ])
    #expect(package.descriptor.name == "web.ovf")
    let file = try #require(package.files.first { $0.name == "x" }?.path)
    #expect(evidence.files[file]?.gzip == nil)
    #expect(evidence.files[file]?.digests.count == 4)
  }

  @Test(arguments: ["descriptor", "manifest", "elements"])
  func `what is beyond a limit is the same error in a file and a stream`(what: String) throws {
    var limits = Limits()
    var text = descriptor
    switch what {
    case "descriptor": limits.descriptorBytes = 100
    case "manifest": limits.heldBytes = UInt64(descriptor.utf8.count) + 8_000
    default:
      limits.heldBytes = 20_000
      text = text.replacing(
        "</Envelope>", with: String(repeating: "<x/>", count: 400) + "</Envelope>")
    }
    var builder = TarBuilder()
    builder.file("web.ovf", Array(text.utf8))
    builder.file("web.mf", [UInt8](repeating: 0x0A, count: 30_000))
    builder.end()
    let source = MemorySource(builder.bytes, name: "web.ova")
    let file = #expect(throws: PackageError.self) { try Package.open(source, limits: limits) }
    let stream = #expect(throws: PackageError.self) {
      try Package.read(SourceStream(source), limits: limits)
    }
    #expect(file?.code == .limitExceeded)
    #expect(file == stream)
  }

  @Test func `bytes are inflated within one budget in a file and a stream`() async throws {
    let text = descriptor.replacing(
      #"ovf:href="disk.vmdk""#, with: #"ovf:href="disk.vmdk" ovf:compression="gzip""#)
    let packed = try run("gzip", ["-nc"], input: [UInt8](repeating: 0, count: 4 << 20)).output
    var builder = TarBuilder()
    builder.file("web.ovf", Array(text.utf8))
    builder.file("disk.vmdk", packed)
    builder.end()
    let source = MemorySource(builder.bytes, name: "web.ova")
    var limits = Limits()
    for most: UInt64 in [1 << 20, 8 << 20] {
      limits.inflatedBytes = most
      let file = try await Package.open(source, limits: limits).checked()
      let (package, evidence) = try Package.read(SourceStream(source), limits: limits)
      let path = try #require(package.references.first?.file?.path)
      let inflated = try #require(file.evidence.files[path]?.gzip?.outcome)
      let passed = try #require(evidence.files[path]?.gzip?.outcome)
      #expect((inflated.diagnostic == nil) == (most > 4 << 20))
      #expect(inflated == passed)
    }
  }
}

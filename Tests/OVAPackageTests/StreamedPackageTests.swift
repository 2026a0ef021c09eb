import OVABasics
import OVAByteSource
import OVAIntegrity
import OVAPackage
import OVATestSupport
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
      try writer.append((0..<65_536).map { _ in random.next() as UInt8 }, grain: grain)
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
    #expect(seen.faults.isEmpty)
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
}

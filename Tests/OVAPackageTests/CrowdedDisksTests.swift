import OVABasics
import OVAByteSource
import OVAPackage
import OVATestSupport
import Testing
import VirtualDisks

/// Disks that are read at the same time share the entries of tables that a package may keep.
@Suite struct CrowdedDisksTests {
  private static let names = (1...6).map { "disk\($0).vmdk" }

  private static let descriptor: String = {
    let files = names.map { "<File ovf:id=\"\($0)\" ovf:href=\"\($0)\"/>" }.joined()
    let disks = names.map {
      "<Disk ovf:diskId=\"d\($0)\" ovf:fileRef=\"\($0)\" ovf:capacity=\"1\"/>"
    }.joined()
    return """
      <?xml version="1.0"?>
      <Envelope xmlns="http://schemas.dmtf.org/ovf/envelope/1"
        xmlns:ovf="http://schemas.dmtf.org/ovf/envelope/1">
        <References>\(files)</References>
        <DiskSection><Info/>\(disks)</DiskSection>
      </Envelope>
      """
  }()

  private static func disk() throws -> [UInt8] {
    var writer = try SparseDiskWriter(
      capacity: 64 << 20, layout: .streamOptimized(.directoryInFooter),
      options: SparseDiskWriter.Options())
    var random = SystemRandomNumberGenerator()
    for grain in 0..<100 {
      let words = (0..<8_192).map { _ in random.next() }
      try writer.append(words.withUnsafeBytes { Array($0) }, grain: grain)
    }
    return writer.finish()
  }

  /// The names of the faults of each disk.
  private func diagnostics(entries: UInt64, workers: Int, _ archive: [UInt8]) throws -> [[String]] {
    var limits = Limits()
    limits.tableEntries = entries
    let package = try Package.open(MemorySource(archive, name: "web.ova"), limits: limits)
    var options = ReadingOptions()
    options.deep = true
    options.workers = workers
    let read = package.evidence(options, isStopped: { false })
    let evidence = try #require(read)
    return try package.references.map { reference in
      let path = try #require(reference.file?.path)
      let deep = try #require(evidence.files[path]?.deep)
      return deep.diagnostics.map(\.name)
    }
  }

  @Test func whatIsFoundOfADiskDoesNotDependOnWhatIsReadBesideIt() throws {
    let disk = try Self.disk()
    var builder = TarBuilder()
    builder.file("web.ovf", Array(Self.descriptor.utf8))
    for name in Self.names { builder.file(name, disk) }
    builder.end()
    // Each takes two hundred entries: one at a time fits, two do not.
    for workers in [1, 4, 4, 4] {
      let found = try diagnostics(entries: 300, workers: workers, builder.bytes)
      #expect(found == Self.names.map { _ in [] }, "\(workers) at a time")
    }
    let beyond = try diagnostics(entries: 150, workers: 4, builder.bytes)
    #expect(beyond == Self.names.map { _ in ["tableEntriesLimit"] })
  }
}

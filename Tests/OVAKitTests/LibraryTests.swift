import Foundation
import OVAKit
import OVATestSupport
import Testing

/// Tests of the library as a program uses it, in a few lines each.
@Suite struct LibraryTests {
  private static let path = Project.sample("good/sizes.ova")

  @Test func `a package has the same machines from a path, a handle, bytes and a stream`() throws {
    let handle = try #require(FileHandle(forReadingAtPath: Self.path))
    let bytes = Array(try Data(contentsOf: URL(filePath: Self.path)))
    let (streamed, _) = try Package.read(SourceStream(MemorySource(bytes, name: "sizes.ova")))
    let packages = [
      try Package.open(Self.path), try Package.open(handle), try Package.open(bytes: bytes),
      streamed,
    ]
    try handle.close()
    for package in packages {
      let machines = package.machines()
      #expect(machines.map(\.name) == ["cache"])
      #expect(machines.first?.guest == "Debian GNU/Linux 10 (64-bit)")
      #expect(machines.first?.hardware?.virtualCPUs == 2)
      #expect(machines.first?.hardware?.memoryBytes == 4 << 30)
      #expect(package.machines(in: "large").first?.hardware?.virtualCPUs == 8)
    }
  }

  @Test func `a package can be read after its handle was closed`() async throws {
    let handle = try #require(FileHandle(forReadingAtPath: Self.path))
    let package = try Package.open(handle, name: "upload.ova")
    try handle.close()
    let check = await package.check()
    #expect(check.path == "upload.ova")
    #expect(check.passes)
    #expect(check.checked?.areDigestsVerified == true)
  }

  @Test func `a handle on a pipe is refused with the way to read it`() throws {
    let pipe = Pipe()
    let error = #expect(throws: PackageError.self) {
      try Package.open(pipe.fileHandleForReading, name: "pipe")
    }
    #expect(error?.code == .notAFile)
    #expect(error?.fix == "read it as a stream")
  }

  @Test func `a handle that is no file descriptor is an error`() {
    #expect(throws: ByteSourceError.self) { try FileSource(duplicating: -1, name: "closed") }
  }

  @Test func `a check has findings, each with the rule that made it`() async throws {
    let check = try await Package.check(Project.sample("broken/wrong-digest.ova"))
    #expect(check.passes == false)
    #expect(check.worst == .error)
    let finding = try #require(check.findings.first { $0.rule == "manifest-digest-mismatch" })
    let rule = try #require(finding.definition)
    #expect(rule.id == "manifest-digest-mismatch")
    #expect(rule.explanation().contains("How to fix it"))
    #expect(rule.markdown().hasPrefix("### manifest-digest-mismatch\n"))
    #expect(check.text().contains(finding.message))
  }

  @Test func `a file that is no package is a result, and a missing one is an error`() async throws {
    let folder = try TemporaryFolder()
    let check = try await Package.check(folder.write("no archive", to: "text.ova"))
    #expect(check.findings.map(\.rule) == ["archive-not-tar"])
    #expect(check.checked == nil)
    await #expect(throws: PackageError.self) { try await Package.check(folder.path("none.ova")) }
  }

  @Test func `the documents in JSON say their format`() async throws {
    struct Document: Decodable { let schema: String }
    let package = try Package.open(Self.path)
    let inspection = try JSONDecoder().decode(Document.self, from: Data(package.json()))
    let check = try JSONDecoder().decode(Document.self, from: Data(await package.check().json()))
    #expect(inspection.schema.hasPrefix("ovakit/inspect/1."))
    #expect(check.schema.hasPrefix("ovakit/check/1."))
    #expect(package.json(pretty: true).last == UInt8(ascii: "\n"))
    #expect(package.text().hasPrefix(Self.path))
  }

  @Test func `a folder is indexed, and its records are found and rendered`() throws {
    let folder = try TemporaryFolder()
    for name in ["good/web.ova", "good/sizes.ova"] {
      let bytes = try Data(contentsOf: URL(filePath: Project.sample(name)))
      try folder.write(bytes, to: "appliances/\(name)")
    }
    let catalog = try CatalogStore(path: folder.path("catalog.db"))
    var options = ScanOptions()
    options.settle = 0
    let root = folder.path("appliances")
    let summary = try catalog.index(folder: root, dataStore: "store", options: options)
    #expect(summary.counts.packages == 2)
    #expect(try catalog.index(folder: root, dataStore: "store", options: options).counts.read == 0)
    let page = try catalog.images(matching: "name,like,web%", sort: "id,desc")
    #expect(page.total == 1)
    let record = try #require(page.rows.first)
    let json = String(decoding: record.json(), as: UTF8.self)
    #expect(json.contains(#""path":"[store] good/web.ova""#))
    #expect(throws: CatalogError.self) { try catalog.images(matching: "no such,field") }
    try catalog.close()
  }
}

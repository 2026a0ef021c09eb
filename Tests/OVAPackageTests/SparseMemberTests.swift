import OVABasics
import OVAByteSource
import OVAIntegrity
import OVAPackage
import OVARules
import OVATestSupport
import Testing

/// A disk that tar stored with holes, in each form that there is: one error, and nothing that
/// follows from it.
@Suite struct SparseMemberTests {
  enum Form: CaseIterable, Sendable {
    /// Type flag `S`, the map in the header.
    case gnu
    /// Extended headers of GNU tar.
    case pax00, pax01, pax10
    /// Extended headers of star.
    case star
  }

  private static func add(_ form: Form, _ name: String, _ disk: [UInt8], to tar: inout TarBuilder) {
    let size = disk.count
    func value(_ number: Int) -> [UInt8] { Array("\(number)".utf8) }
    var header = TarBuilder.Header(name, size: size)
    switch form {
    case .gnu:
      header.typeFlag = UInt8(ascii: "S")
      header.magic = .gnu
    case .pax00:
      tar.pax([
        ("GNU.sparse.size", value(size)), ("GNU.sparse.numblocks", value(1)),
        ("GNU.sparse.offset", value(0)), ("GNU.sparse.numbytes", value(size)),
      ])
    case .pax01:
      header.name = Array("GNUSparseFile.1/\(name)".utf8)
      tar.pax([
        ("GNU.sparse.size", value(size)), ("GNU.sparse.numblocks", value(1)),
        ("GNU.sparse.map", Array("0,\(size)".utf8)), ("GNU.sparse.name", Array(name.utf8)),
      ])
    case .pax10:
      header.name = Array("GNUSparseFile.1/\(name)".utf8)
      tar.pax([
        ("GNU.sparse.major", value(1)), ("GNU.sparse.minor", value(0)),
        ("GNU.sparse.name", Array(name.utf8)), ("GNU.sparse.realsize", value(size)),
      ])
      let map = Array("1\n0\n\(size)\n".utf8)
      header.size = UInt64(size + 512)
      return tar.add(header, map + [UInt8](repeating: 0, count: 512 - map.count) + disk)
    case .star: tar.pax([("SCHILY.realsize", value(size))])
    }
    tar.add(header, disk)
  }

  @Test(arguments: Form.allCases, [true, false])
  func `a member with holes is one error, from a file and from a stream`(
    form: Form, hasManifest: Bool
  ) async throws {
    let folder = try TemporaryFolder()
    let example = Example(.folder, edits: [], [])
    _ = try ExamplePackage(example).write(.folder, to: folder)
    var tar = TarBuilder()
    tar.file("web.ovf", try folder.read("web.ovf"))
    if hasManifest { tar.file("web.mf", try folder.read("web.mf")) }
    Self.add(form, "web-disk1.vmdk", try folder.read("web-disk1.vmdk"), to: &tar)
    tar.end()
    let source = MemorySource(tar.bytes, name: "web.ova")
    let read = try await Package.open(source).checked()
    let (package, evidence) = try Package.read(SourceStream(source))
    let streamed = await package.checked(evidence)
    for checked in [read, streamed] {
      let errors = Rule.findings(of: Rule.all, in: checked).filter { $0.severity == .error }
      #expect(errors.map(\.rule) == ["sparse-member"])
      #expect(errors.first?.message == "'web-disk1.vmdk' is stored with holes")
    }
  }
}

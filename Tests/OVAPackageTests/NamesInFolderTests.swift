import Foundation
import OVAPackage
import OVATestSupport
import Testing

/// Tests of lookups among the other files of a package's folder.
@Suite struct NamesInFolderTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func descriptor(_ references: [String]) -> String {
    let namespace = "http://schemas.dmtf.org/ovf/envelope/1"
    let files = references.enumerated().map {
      #"<File ovf:id="f\#($0)" ovf:href="\#($1)" ovf:chunkSize="1"/>"#
    }
    return """
      <Envelope xmlns="\(namespace)" xmlns:ovf="\(namespace)"><References>\(files.joined())\
      </References><VirtualSystem ovf:id="vm"><Info>i</Info></VirtualSystem></Envelope>
      """
  }

  /// Opens the descriptor as if nobody had written to its folder for long.
  private func references(_ name: String) throws -> [ResolvedReference.Target] {
    #expect(try folder.settle())
    return try Package.open(folder.path(name)).references.map(\.target)
  }

  @Test func aFileThatComesIntoAKnownFolderIsSeen() throws {
    try folder.write(descriptor(["disk.vmdk"]), to: "a.ovf")
    for _ in 0..<2 {
      guard case .missing(_, let near) = try references("a.ovf").first else {
        Issue.record("the disk is not there")
        return
      }
      #expect(near.isEmpty)
    }
    try folder.write("x", to: "DISK.vmdk")
    guard case .missing(_, let near) = try references("a.ovf").first else {
      Issue.record("the disk is not there")
      return
    }
    #expect(near.map(\.name) == ["DISK.vmdk"])
    try folder.write("x", to: "disk.vmdk.000000000")
    guard case .chunks = try references("a.ovf").first else {
      Issue.record("its chunk is there")
      return
    }
  }

  @Test func whichFilesWereMeantIsGuessedForTheFirstOfManyMissingOnes() throws {
    let names = (100..<400).map { "disk\($0).vmdk" }
    try folder.write(descriptor(names), to: "a.ovf")
    for name in names { try folder.write("x", to: name.uppercased()) }
    let near = try references("a.ovf").map { target in
      if case .missing(_, let near) = target { near.contains { $0.size == 1 } } else { false }
    }
    #expect(near == names.indices.map { $0 < 256 })
  }
}

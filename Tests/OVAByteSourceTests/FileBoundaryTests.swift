import Foundation
import OVABasics
import OVAByteSource
import Testing

/// Files that have to lie in a folder, whatever links lead to them when they are opened.
@Suite struct FileBoundaryTests {
  /// `own/file`, `other/file`, links between them and a folder whose name begins as `own`.
  private func withFolders(_ body: (_ root: String) throws -> Void) throws {
    let files = FileManager.default
    let url = files.temporaryDirectory.resolvingSymlinksInPath()
      .appendingPathComponent(UUID().uuidString)
    defer { try? files.removeItem(at: url) }
    for name in ["own", "other", "own-not"] {
      let folder = url.appendingPathComponent(name)
      try files.createDirectory(at: folder, withIntermediateDirectories: true)
      try Data(name.utf8).write(to: folder.appendingPathComponent("file"))
    }
    func link(_ name: String, _ target: String) throws {
      try files.createSymbolicLink(
        atPath: url.appendingPathComponent(name).path, withDestinationPath: target)
    }
    try link("own/inside", "file")
    try link("own/outside", "../other/file")
    try link("own/folder", "../other")
    try link("own/chain", "folder/../own-not/file")
    try link("way-in", "own")
    try body(url.path)
  }

  @Test(arguments: ["own/file", "own/inside", "way-in/file", "own/../own/file"])
  func whatLiesInTheFolderIsOpened(path: String) throws {
    try withFolders { root in
      let file = try FileSource(path: "\(root)/\(path)", name: "a name", within: "\(root)/own")
      #expect(try file.bytes(at: 0, count: 3) == Array("own".utf8))
    }
  }

  @Test(arguments: [
    "other/file", "own-not/file", "own/outside", "own/folder/file", "own/chain",
    "own/../other/file",
  ])
  func whatLiesElsewhereIsNot(path: String) throws {
    try withFolders { root in
      let error = #expect(throws: ByteSourceError.self) {
        try FileSource(path: "\(root)/\(path)", name: "a name", within: "\(root)/own")
      }
      #expect(error?.code == .permissionDenied)
      #expect(error?.description.contains(root) == false)
    }
  }

  @Test func aFileThatBecomesALinkMeanwhileIsNotRead() throws {
    try withFolders { root in
      let path = "\(root)/own/file"
      let source = PathSource(path: path, name: "a name", size: 3, within: "\(root)/own")
      #expect(try source.bytes(at: 0, count: 3) == Array("own".utf8))
      try FileManager.default.removeItem(atPath: path)
      try FileManager.default.createSymbolicLink(
        atPath: path, withDestinationPath: "../other/file")
      #expect(throws: ByteSourceError.self) { try source.bytes(at: 0, count: 3) }
    }
  }
}

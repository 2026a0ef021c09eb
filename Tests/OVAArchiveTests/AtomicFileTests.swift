import Foundation
import OVAArchive
import OVABasics
import OVATestSupport
import Testing

@Suite struct AtomicFileTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  func names() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
  }

  func put(_ text: String, _ file: AtomicFile) throws {
    try Array(text.utf8).withUnsafeBytes { try file.write($0) }
  }

  @Test func aFileHasItsNameOnlyWhenItIsWhole() throws {
    try folder.write("old", to: "a.ova")
    let file = try AtomicFile(path: folder.path("a.ova"))
    try put("new ", file)
    try put("content", file)
    #expect(try folder.read("a.ova") == Array("old".utf8))
    #expect(try names().count == 2)
    try file.commit()
    #expect(try folder.read("a.ova") == Array("new content".utf8))
    #expect(try names() == ["a.ova"])
  }

  @Test func aFileNobodyCommitsVanishes() throws {
    do {
      let file = try AtomicFile(path: folder.path("a.ova"))
      try put("half", file)
    }
    #expect(try names() == [])
  }

  @Test func aFileThatCannotTakeItsNameVanishes() throws {
    try FileManager.default.createDirectory(
      atPath: folder.path("a.ova/full"), withIntermediateDirectories: true)
    let file = try AtomicFile(path: folder.path("a.ova"))
    #expect {
      try file.commit()
    } throws: {
      ($0 as? ArchiveError)?.code == .outputFailed
    }
    #expect(try names() == ["a.ova"])
  }

  @Test func aFolderThatIsMissingIsNamedInTheError() {
    let path = folder.path("none/a.ova")
    #expect {
      try AtomicFile(path: path)
    } throws: {
      ($0 as? ArchiveError)?.code == .outputFailed && "\($0)".contains(path)
    }
  }

  @Test func whatIsDiscardedTakesNoMoreBytes() throws {
    let file = try AtomicFile(path: folder.path("a"))
    file.discard()
    #expect {
      try put("late", file)
    } throws: {
      ($0 as? ArchiveError)?.code == .outputFailed
    }
    #expect(throws: ArchiveError.self) { try file.commit() }
    #expect(try names() == [])
  }

  @Test func aNameAsLongAsTheSystemTakesIsWritten() throws {
    let name = String(repeating: "ö", count: 125) + ".ova"
    let file = try AtomicFile(path: folder.path(name))
    try file.commit()
    #expect(try names() == [name])
  }

  @Test func manyFilesOfOneNameDoNotMeet() throws {
    let files = try (0..<10).map { _ in try AtomicFile(path: folder.path("a")) }
    #expect(Set(files.map(\.temporaryPath)).count == 10)
    for (index, file) in files.enumerated() {
      try put("\(index)", file)
      try file.commit()
    }
    #expect(try folder.read("a") == Array("9".utf8))
    #expect(try names() == ["a"])
  }
}

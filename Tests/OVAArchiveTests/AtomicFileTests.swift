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

  @Test func nothingIsThereUntilAFileIsWhole() throws {
    let file = try AtomicFile(path: folder.path("a.ova"))
    try put("content", file)
    #expect(try names() == [])
    try file.commit(replaces: false)
    #expect(try names() == ["a.ova"])
    #expect(try folder.read("a.ova") == Array("content".utf8))
  }

  @Test(arguments: [true, false])
  func theBytesCanBeReadBeforeTheFileHasItsName(isNameless: Bool) throws {
    let file = try AtomicFile(path: folder.path("a.ova"), isNameless: isNameless)
    try put("content", file)
    let read = try FileHandle(forReadingFrom: URL(fileURLWithPath: file.readingPath))
    #expect(try read.readToEnd() == Data("content".utf8))
  }

  @Test(arguments: [true, false])
  func aFileThatMayNotReplaceLeavesWhatIsThere(isNameless: Bool) throws {
    try folder.write("old", to: "a.ova")
    let file = try AtomicFile(path: folder.path("a.ova"), isNameless: isNameless)
    try put("new", file)
    #expect {
      try file.commit(replaces: false)
    } throws: {
      ($0 as? ArchiveError)?.code == .outputFailed && "\($0)".contains("File exists")
    }
    #expect(try folder.read("a.ova") == Array("old".utf8))
    #expect(try names() == ["a.ova"])
  }

  @Test(arguments: [true, false])
  func aFileHasItsNameOnlyWhenItIsWhole(isNameless: Bool) throws {
    try folder.write("old", to: "a.ova")
    let file = try AtomicFile(path: folder.path("a.ova"), isNameless: isNameless)
    try put("new ", file)
    try put("content", file)
    #expect(try folder.read("a.ova") == Array("old".utf8))
    #expect(try names().count == (isNameless ? 1 : 2))
    try file.commit()
    #expect(try folder.read("a.ova") == Array("new content".utf8))
    #expect(try names() == ["a.ova"])
  }

  @Test(arguments: [true, false])
  func aFileNobodyCommitsVanishes(isNameless: Bool) throws {
    do {
      let file = try AtomicFile(path: folder.path("a.ova"), isNameless: isNameless)
      try put("half", file)
    }
    #expect(try names() == [])
  }

  @Test(arguments: [true, false])
  func aFileThatCannotTakeItsNameVanishes(isNameless: Bool) throws {
    try FileManager.default.createDirectory(
      atPath: folder.path("a.ova/full"), withIntermediateDirectories: true)
    let file = try AtomicFile(path: folder.path("a.ova"), isNameless: isNameless)
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

  @Test(arguments: [true, false])
  func aNameAsLongAsTheSystemTakesIsWrittenAndReplaced(isNameless: Bool) throws {
    let name = String(repeating: "ö", count: 125) + ".ova"
    for _ in 0..<2 {
      let file = try AtomicFile(path: folder.path(name), isNameless: isNameless)
      try file.commit()
    }
    #expect(try names() == [name])
  }

  @Test func manyFilesOfOneNameDoNotMeet() throws {
    let files = try (0..<10).map { number in
      try AtomicFile(path: folder.path("a"), isNameless: number % 2 == 0)
    }
    #expect(Set(files.map(\.readingPath)).count == 10)
    for (index, file) in files.enumerated() {
      try put("\(index)", file)
      try file.commit()
    }
    #expect(try folder.read("a") == Array("9".utf8))
    #expect(try names() == ["a"])
  }
}

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

  func put(_ text: String, _ file: AtomicFile) throws { try file.write(Array(text.utf8)) }

  @Test func nothingIsThereUntilAFileIsWhole() throws {
    let file = try AtomicFile(path: folder.path("a.ova"))
    try put("content", file)
    #expect(try names() == [])
    try file.commit()
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
  func `a file that may not replace leaves what has got its name meanwhile`(
    isNameless: Bool
  ) throws {
    let file = try AtomicFile(path: folder.path("a.ova"), isNameless: isNameless)
    try put("new", file)
    try folder.write("old", to: "a.ova")
    #expect {
      try file.commit()
    } throws: {
      ($0 as? ArchiveError)?.code == .outputExists && "\($0)".contains("say --force")
    }
    #expect(try folder.read("a.ova") == Array("old".utf8))
    #expect(try names() == ["a.ova"])
  }

  @Test func `what is there is refused before anything is written`() throws {
    try folder.write("old", to: "file")
    try FileManager.default.createDirectory(
      atPath: folder.path("folder"), withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(
      atPath: folder.path("link"), withDestinationPath: "file")
    mkfifo(folder.path("pipe"), 0o600)
    let before = try names()
    for (name, replaces, word) in [
      ("file", false, "there is a file of that name already"), ("folder", true, "a folder"),
      ("link", true, "a symbolic link"), ("pipe", true, "a device, pipe or socket"),
    ] {
      #expect("\(name)") {
        try AtomicFile(path: folder.path(name), replaces: replaces)
      } throws: {
        ($0 as? ArchiveError)?.code == .outputExists && "\($0)".contains(word)
      }
    }
    #expect(try names() == before)
    #expect(try folder.read("file") == Array("old".utf8))
  }

  @Test(arguments: [true, false])
  func `what replaces a file has its permissions`(isNameless: Bool) throws {
    try folder.write("old", to: "a.ova")
    chmod(folder.path("a.ova"), 0o640)
    let file = try AtomicFile(
      path: folder.path("a.ova"), replaces: true, isNameless: isNameless)
    try put("new", file)
    try file.commit()
    var status = stat()
    stat(folder.path("a.ova"), &status)
    #expect(status.st_mode & 0o777 == 0o640)
    #expect(try folder.read("a.ova") == Array("new".utf8))
  }

  @Test func `several files get their names together, and others go`() throws {
    for name in ["a", "old"] { try folder.write("old", to: name) }
    let files = AtomicFiles(replaces: true)
    for name in ["a", "b"] { try files.add(Array("new".utf8), to: folder.path(name)) }
    #expect(try folder.read("a") == Array("old".utf8))
    try files.commit(removing: [folder.path("old"), folder.path("none")])
    #expect(try names() == ["a", "b"])
    #expect(try folder.read("a") == Array("new".utf8))
  }

  @Test func `of several files none is there when one cannot be`() throws {
    try folder.write("old", to: "a")
    try folder.write("kept", to: "other")
    let files = AtomicFiles(replaces: true)
    for name in ["a", "b", "c"] { try files.add(Array("new".utf8), to: folder.path(name)) }
    // In the way of the last one.
    try FileManager.default.createDirectory(
      atPath: folder.path("c/full"), withIntermediateDirectories: true)
    #expect(throws: ArchiveError.self) {
      try files.commit(removing: [folder.path("other")])
    }
    #expect(try names() == ["a", "c", "other"])
    #expect(try folder.read("a") == Array("old".utf8))
  }

  @Test(arguments: [true, false])
  func aFileHasItsNameOnlyWhenItIsWhole(isNameless: Bool) throws {
    try folder.write("old", to: "a.ova")
    let file = try AtomicFile(
      path: folder.path("a.ova"), replaces: true, isNameless: isNameless)
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
    let file = try AtomicFile(
      path: folder.path("a.ova"), replaces: true, isNameless: isNameless)
    try FileManager.default.createDirectory(
      atPath: folder.path("a.ova/full"), withIntermediateDirectories: true)
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
      let file = try AtomicFile(
        path: folder.path(name), replaces: true, isNameless: isNameless)
      try file.commit()
    }
    #expect(try names() == [name])
  }

  @Test func manyFilesOfOneNameDoNotMeet() throws {
    let files = try (0..<10).map { number in
      try AtomicFile(path: folder.path("a"), replaces: true, isNameless: number % 2 == 0)
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

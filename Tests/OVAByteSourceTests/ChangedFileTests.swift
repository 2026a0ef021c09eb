import Foundation
import OVABasics
import OVAByteSource
import OVATestSupport
import Testing

/// Files of which another version is there than the one that was opened.
@Suite struct ChangedFileTests {
  private let folder: TemporaryFolder
  private let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = try folder.write("first version", to: "file")
  }

  /// A change to a file while it is read.
  enum Change: String, CaseIterable, CustomTestStringConvertible {
    case lengthening, cutting, writingOver, replacing, removing
    case renaming, linking, permissions
    var testDescription: String { rawValue }

    func make(of path: String) throws {
      switch self {
      case .lengthening: try run("bash", ["-c", "echo more >> '\(path)'"])
      case .cutting: try run("truncate", ["-s", "3", path])
      case .writingOver: try run("bash", ["-c", "printf other | dd of='\(path)' conv=notrunc"])
      case .replacing:
        try run("bash", ["-c", "printf 'first verzion' > '\(path).n'; mv '\(path).n' '\(path)'"])
      case .removing: try run("rm", [path])
      case .renaming: try run("mv", [path, path + ".new"])
      case .linking: try run("ln", [path, path + ".second"])
      case .permissions: try run("chmod", ["600", path])
      }
    }

    /// True if it changes the bytes of the open file.
    var isOfOpenFile: Bool { [.lengthening, .cutting, .writingOver].contains(self) }
    /// True if it leaves no such file, or another one, under the name.
    var isOfName: Bool { [.replacing, .removing, .renaming].contains(self) }
  }

  private func isChanged(_ source: any ByteSource) throws -> Bool {
    do throws(ByteSourceError) {
      try source.confirmUnchanged()
      return false
    } catch {
      #expect(error.code == .changed)
      #expect(error.description.contains("while it was being read"))
      return true
    }
  }

  @Test(arguments: Change.allCases)
  func `an open file is another version when it was written, not when it was renamed`(
    change: Change
  ) throws {
    let file = try FileSource(path: path)
    let slice = SliceSource(RememberingSource(file), start: 1, size: 5, name: "slice")
    #expect(try !isChanged(slice))
    try change.make(of: path)
    #expect(try isChanged(file) == change.isOfOpenFile)
    #expect(try isChanged(slice) == change.isOfOpenFile)
  }

  @Test(arguments: Change.allCases)
  func `a file that is opened for each read is never read in two versions`(
    change: Change
  ) throws {
    let source = PathSource(
      path: path, name: "file", size: 13, facts: try FileFacts.of(path: path))
    #expect(try source.bytes(at: 0, count: 5) == Array("first".utf8))
    #expect(try !isChanged(source))
    try change.make(of: path)
    let isOther = change.isOfOpenFile || change.isOfName
    #expect(try isChanged(source) == isOther)
    if isOther {
      #expect(throws: ByteSourceError.self) { try source.bytes(at: 5, count: 5) }
    } else {
      #expect(try source.bytes(at: 6, count: 7) == Array("version".utf8))
    }
  }
}

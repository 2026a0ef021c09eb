import OVABasics
import OVAByteSource

/// A walk through the folders that the paths of listed files make.
struct ListedWalk: FolderWalk {
  let files: ListedFiles
  let excludes: [PathPattern]
  /// The part of the folders that is walked; nil for all.
  let shard: Shard?

  var identity: FileFacts.Identity { files.identity }

  func runFolders(
    doubt: String?, folder body: (RepositoryWalk.Folder) throws -> Void,
    problem: (RepositoryWalk.Problem) throws -> Void
  ) throws {
    for unlisted in files.unlisted { try problem(unlisted) }
    try walk([], files.range, doubt, body)
  }

  /// Hands over the folder of a prefix, and then those below it.
  private func walk(
    _ prefix: ArraySlice<UInt8>, _ range: Range<Int>, _ doubt: String?,
    _ body: (RepositoryWalk.Folder) throws -> Void
  ) throws {
    let path = String(decoding: prefix, as: UTF8.self)
    var own: [(name: ArraySlice<UInt8>, facts: FileFacts)] = []
    var below: [(name: String, range: Range<Int>)] = []
    var unseenDescriptors = 0
    var index = range.lowerBound
    while index < range.upperBound {
      let bytes = files.bytes(index)
      let rest = bytes.dropFirst(prefix.count)
      if let slash = rest.firstIndex(of: UInt8(ascii: "/")) {
        let inside = files.range(of: bytes[...slash], from: index, to: range.upperBound)
        let name = rest[..<slash]
        let text = String(decoding: name, as: UTF8.self)
        if !isLeftOut(name, path + text) { below.append((text, inside)) }
        index = inside.upperBound
        continue
      }
      if !isLeftOut(rest, path + String(decoding: rest, as: UTF8.self)) {
        own.append((rest, files.facts(index)))
      } else if PackageKind(nameBytes: rest) == .descriptor {
        unseenDescriptors += 1
      }
      index += 1
    }
    try body(
      RepositoryWalk.Folder(
        path: path, systemPath: path,
        contents: FolderContents(
          identity: identity, files: own, folders: below.map(\.name),
          unseenDescriptors: unseenDescriptors),
        isLinked: false, isMount: false, doubt: doubt))
    for folder in below where shard?.reaches(path + folder.name) ?? true {
      try walk(prefix + Array("\(folder.name)/".utf8), folder.range, doubt, body)
    }
  }

  private func isLeftOut(_ name: ArraySlice<UInt8>, _ path: String) -> Bool {
    SystemFolder.isLeftOut(name) || excludes.contains { $0.matches(path) }
  }
}

import OVAArchive
import OVABasics
import OVAByteSource

/// The members of an archive, by path.
struct ArchiveTable: FileTable {
  /// All members in their order.
  let files: [PackageFile]
  private let byPath: [PackagePath: Int]
  private let byFolder: [String: [String]]

  /// Members by their normalized paths; of two with one path the first counts.
  init(_ files: [PackageFile]) {
    self.files = files
    var byPath: [PackagePath: Int] = [:]
    var byFolder: [String: [String]] = [:]
    for (index, file) in files.enumerated() {
      guard let path = file.path, byPath[path] == nil else { continue }
      byPath[path] = index
      byFolder[path.folder, default: []].append(path.name)
    }
    self.byPath = byPath
    self.byFolder = byFolder
  }

  func look(at path: PackagePath) -> LookupResult {
    byPath[path].map { .file(files[$0]) } ?? .nothing
  }

  func names(in folder: String) -> [String] { byFolder[folder] ?? [] }

  func similarNames(in folder: String) -> [String: [String]] { [:] }

  // Members lie in the one file, which is open.
  var lookupFailure: ByteSourceError? { nil }
  func note(_ failure: ByteSourceError) {}
}

extension PackageFile {
  /// A member as a file of the package.
  convenience init(
    _ member: ArchiveMember, source: (any ByteSource)?, archive: String, limits: Limits
  ) {
    let kind: Kind =
      switch member.kind {
      case .file: .file
      case .folder: .folder
      case .symbolicLink(let target), .hardLink(let target): .link(target: target)
      case .device: .special("device")
      case .fifo: .special("named pipe")
      case .sparse: .special("sparse member")
      case .other(let flag): .special("member of type \(flag)")
      }
    let path = try? PackagePath.read(member.name, limits: limits).get()
    self.init(
      path: path, writtenName: member.name, kind: kind, size: member.size, source: source,
      member: member, modified: member.modified,
      location: .member(of: archive))
  }
}

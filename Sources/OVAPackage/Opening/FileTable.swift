import OVABasics
import OVAByteSource

/// The files that a package may be made of, asked by path: an archive's members or a folder.
protocol FileTable: Sendable {
  /// Looks up the file at a path.
  func look(at path: PackagePath) -> LookupResult
  /// The names in one folder of the package, in the order of their bytes; empty for none.
  func names(in folder: String) -> [String]
  /// The names of a folder on disk that some systems take for one, since they differ in letter case
  /// or Unicode normalization alone, by their folded form (`String.foldedName`); none in an archive,
  /// whose members are all files of the package.
  func similarNames(in folder: String) -> [String: [String]]
  /// The first failure of the device that would look as if something were not there; nil for none.
  var lookupFailure: ByteSourceError? { get }
  /// Notes such a failure.
  func note(_ failure: ByteSourceError)
}

extension String {
  /// The form in which names are equal that some file systems take for one. Strings are equal
  /// whatever their normalization is.
  package var foldedName: String { lowercased() }
}

/// The result of looking up a path.
enum LookupResult: Sendable {
  case file(PackageFile)
  case nothing
  case leadsOut
  case unreadable(ByteSourceError)
}

extension FileTable {
  /// The file at a path, if a file is there that can be read.
  func file(at path: PackagePath) -> PackageFile? {
    switch look(at: path) {
    case .file(let file): return file.kind == .file ? file : nil
    case .unreadable(let error):
      if error.code == .inputOutput { note(error) }
      return nil
    case .nothing, .leadsOut: return nil
    }
  }

  /// Files that a path that leads nowhere may mean: the name in another case or Unicode
  /// normalization, or in another folder.
  func near(_ path: PackagePath, limits: Limits) -> [PackageFile] {
    let wanted = path.name
    let folded = wanted.foldedName
    let folders = path.folder.isEmpty ? [""] : [path.folder, ""]
    return folders.flatMap { folder in
      names(in: folder)
        .filter { name in
          name.mayEnd(as: wanted)
            && (folded == name.foldedName || name.resembles(wanted))
        }
        .compactMap { name -> PackageFile? in
          guard case .success(let path) = PackagePath.read(name, in: folder, limits: limits) else {
            return nil
          }
          return file(at: path)
        }
    }
  }
}

extension String {
  /// Returns whether the last four letters may be the same but for their case, compared without a
  /// copy.
  fileprivate func mayEnd(as other: String) -> Bool {
    zip(utf8.suffix(4).reversed(), other.utf8.suffix(4).reversed()).allSatisfy { a, b in
      a == b || a | 0x20 == b | 0x20 || a >= 0x80 || b >= 0x80
    }
  }

  /// Returns whether two file names differ by something put before or into one, or by one
  /// character: what renaming leaves behind.
  fileprivate func resembles(_ other: String) -> Bool {
    let a = Array(lowercased().utf8)
    let b = Array(other.lowercased().utf8)
    guard a.count > 4, b.count > 4, a.suffix(4) == b.suffix(4) else { return false }
    let shared = zip(a, b).prefix { $0 == $1 }.count
    let tail = zip(a.dropFirst(shared).reversed(), b.dropFirst(shared).reversed())
      .prefix { $0 == $1 }.count
    let shorter = min(a.count, b.count)
    // `web-disk1.vmdk` beside `my-web-disk1.vmdk` or `web (1)-disk1.vmdk`; of a name as short as
    // `a.vmdk` that says nothing.
    if shared + tail == shorter, shorter > 8 { return true }
    return max(a.count, b.count) - shared - tail <= 1
  }
}

package import OVAIntegrity
import OVFDescriptor

/// The manifest's entries by the files that they are about, before any bytes are read.
package struct ManifestIndex {
  private var byFile: [PackagePath: [Manifest.Entry]] = [:]
  /// The entries that are about no file of the package.
  package private(set) var withoutFile: [Manifest.Entry] = []

  /// Sorts the entries of a package's manifest.
  package init(_ package: Package) {
    let entries = package.manifest?.manifest.entries ?? []
    let subjects = ManifestNames(package).subjects { _, _ in false }
    for (entry, subject) in zip(entries, subjects) {
      switch subject.target {
      case .file(let file):
        if let path = file.path { byFile[path, default: []].append(entry) }
      case .chunks: continue
      case nil: withoutFile.append(entry)
      }
    }
  }

  /// The entries for a file, however they write its name.
  package func entries(for path: PackagePath) -> [Manifest.Entry] { byFile[path] ?? [] }
}

extension String {
  /// A path relative to a folder that it lies in; as it is when it does not.
  package func below(_ folder: String) -> String {
    guard !folder.isEmpty, utf8.starts(with: Array((folder + "/").utf8)) else { return self }
    return String(decoding: utf8.dropFirst(folder.utf8.count + 1), as: UTF8.self)
  }
}

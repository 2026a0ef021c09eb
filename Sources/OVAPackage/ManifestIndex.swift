import OVAIntegrity
import OVFDescriptor

/// The manifest's entries by the files that they are about, before any bytes are read.
struct ManifestIndex {
  private var byFile: [PackagePath: [Manifest.Entry]] = [:]
  /// The entries that are about no file of the package.
  private(set) var withoutFile: [Manifest.Entry] = []

  init(_ package: Package) {
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
  func entries(for path: PackagePath) -> [Manifest.Entry] { byFile[path] ?? [] }
}

import OVAIntegrity
import OVFDescriptor

/// The manifest's entries by the files that they are about.
struct ManifestIndex {
  private let manifest: Manifest?
  private let folder: String
  private let hrefs: [PackagePath: [String]]

  init(_ package: Package) {
    manifest = package.manifest?.manifest
    folder = package.descriptor.path?.folder ?? ""
    var hrefs: [PackagePath: [String]] = [:]
    for reference in package.references {
      guard let path = reference.file?.path, let href = reference.reference.href?.text else {
        continue
      }
      hrefs[path, default: []].append(href)
    }
    self.hrefs = hrefs
  }

  /// The entries for a file, by its path or by a reference that leads to it.
  func entries(for path: PackagePath) -> [Manifest.Entry] {
    guard let manifest else { return [] }
    let names = [path.text.below(folder)] + (hrefs[path] ?? [])
    var seen: Set<Manifest.Entry> = []
    return names.flatMap { manifest.entries(for: $0).entries }.filter { seen.insert($0).inserted }
  }
}

extension Package {
  /// The hrefs of files in chunks, which a manifest may list as a whole.
  var chunkedNames: Set<[UInt8]> {
    Set(
      references.compactMap { reference in
        guard case .chunks = reference.target else { return nil }
        return reference.reference.href.map { Array($0.text.utf8) }
      })
  }
}

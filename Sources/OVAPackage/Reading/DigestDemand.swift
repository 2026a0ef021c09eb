import OVABasics
import OVAIntegrity

/// The choice of digests that are computed of a file.
enum DigestDemand: Sendable {
  /// The manifest is not known yet, nor whether there is one: all that manifests have.
  case unknown
  /// The manifest is known, and not which files its lines will be found to mean.
  case ofManifest(Set<DigestAlgorithm>)
  /// The algorithms by which each file is verified.
  case ofFiles(ManifestDigests)

  func of(_ path: PackagePath) -> Set<DigestAlgorithm> {
    switch self {
    case .unknown: Set(DigestAlgorithm.ofManifests)
    // With one at least, files of one name can be compared.
    case .ofManifest(let algorithms): algorithms.isEmpty ? [.sha256] : algorithms
    case .ofFiles(let digests): digests.of(path)
    }
  }

  func ofChunks(_ href: String) -> Set<DigestAlgorithm> {
    switch self {
    case .unknown: Set(DigestAlgorithm.ofManifests)
    case .ofManifest(let algorithms): algorithms.isEmpty ? [.sha256] : algorithms
    case .ofFiles(let digests): digests.ofChunks(href)
    }
  }
}

/// The algorithms by which a manifest verifies each file of its package.
struct ManifestDigests: Sendable {
  private var files: [PackagePath: Set<DigestAlgorithm>] = [:]
  private var chunked: [String: Set<DigestAlgorithm>] = [:]
  /// Each set once: most files have the same, of which there may be tens of thousands.
  private var sets: Set<Set<DigestAlgorithm>> = []

  init(_ package: Package) {
    if let manifest = package.manifest?.manifest {
      for (entry, target) in zip(manifest.entries, ManifestNames(package).likely) {
        switch target {
        case .file(let file):
          if let path = file.path { add(entry.claim.algorithms, to: path) }
        case .chunks(let href): chunked[href, default: []].formUnion(entry.claim.algorithms)
        case nil: continue
        }
      }
    }
    // Two files of one path are compared, whether a manifest lists them or not.
    var seen: Set<PackagePath> = []
    for file in package.files where file.source != nil {
      guard let path = file.path, !seen.insert(path).inserted else { continue }
      add([.sha256], to: path)
    }
  }

  private mutating func add(_ algorithms: [DigestAlgorithm], to path: PackagePath) {
    let all = (files[path] ?? []).union(algorithms)
    files[path] = sets.insert(all).memberAfterInsert
  }

  func of(_ path: PackagePath) -> Set<DigestAlgorithm> { files[path] ?? [] }

  func ofChunks(_ href: String) -> Set<DigestAlgorithm> { chunked[href] ?? [] }
}

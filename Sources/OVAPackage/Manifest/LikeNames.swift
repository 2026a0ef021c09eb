import OVABasics
import OVFDescriptor
import OVFXML

/// The files of a package by other spellings of their names. Made when a line of the manifest names
/// nothing as it is written: most manifests have none, and a package may have as many files as its
/// limit allows.
final class LikeNames {
  /// The candidates for one spelling.
  private enum Slot {
    case one(ManifestNames.Candidate)
    /// It is not clear which is meant.
    case several
  }

  private let package: Package
  private let folder: String
  private let companions: Set<PackagePath>
  private var isMade = false
  /// The names by the paths in lower case. Strings are equal here whatever their normalization is.
  private var folded: [String: Slot] = [:]
  /// The same by the last component alone.
  private var lastComponents: [String: Slot] = [:]

  init(_ package: Package, folder: String, companions: Set<PackagePath>) {
    (self.package, self.folder, self.companions) = (package, folder, companions)
  }

  /// The only file whose path is this one but for letter case and normalization.
  func file(at path: String) -> ManifestNames.Candidate? {
    make()
    return Self.only(folded[path.lowercased()])
  }

  /// The only file whose last component is this one but for letter case and normalization.
  func file(named name: String) -> ManifestNames.Candidate? {
    make()
    return Self.only(lastComponents[name.lowercased()])
  }

  /// The only file whose name begins so.
  func file(beginningWith start: String) -> ManifestNames.Candidate? {
    make()
    let wanted = start.lowercased()
    let found = lastComponents.filter { $0.key.utf8.starts(with: wanted.utf8) }
    guard found.count == 1 else { return nil }
    return Self.only(found.first?.value)
  }

  private static func only(_ slot: Slot?) -> ManifestNames.Candidate? {
    if case .one(let candidate) = slot { candidate } else { nil }
  }

  private func make() {
    guard !isMade else { return }
    isMade = true
    for resolved in package.references {
      guard case .chunks(let chunks) = resolved.target, chunks.missing.isEmpty,
        let href = resolved.reference.href?.text
      else { continue }
      add(ManifestNames.Candidate(target: .chunks(href: href), spelling: .exact), at: href)
    }
    ManifestNames.eachFile(of: package, folder, companions) { add($1, at: $0) }
  }

  private func add(_ candidate: ManifestNames.Candidate, at path: String) {
    Self.insert(candidate, at: path.lowercased(), in: &folded)
    Self.insert(candidate, at: path.lastComponent.lowercased(), in: &lastComponents)
  }

  private static func insert(
    _ candidate: ManifestNames.Candidate, at key: String, in table: inout [String: Slot]
  ) {
    switch table[key] {
    case nil: table[key] = .one(candidate)
    case .one(let known):
      // Of two files with one path the first counts.
      if known.identity != candidate.identity { table[key] = .several }
    case .several: return
    }
  }
}

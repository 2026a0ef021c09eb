import OVAArchive
import OVABasics
import OVAIntegrity
import OVAPackage
import OVFDescriptor

/// Questions that several rules ask of a checked package.
extension CheckedPackage {
  /// What an entry of the manifest is about, with what was seen of its bytes.
  struct ManifestTarget {
    let file: PackageFile?
    let evidence: FileEvidence?
  }

  /// The entries of the manifest, each with its file where that is there.
  var manifestFiles: [(entry: Manifest.Entry, file: ManifestTarget?)] {
    guard let manifest = package.manifest?.manifest else { return [] }
    var references: [[UInt8]: [ResolvedReference]] = [:]
    for resolved in package.references {
      guard let href = resolved.reference.href?.text else { continue }
      references[Array(href.utf8), default: []].append(resolved)
    }
    return manifest.entries.map { entry in
      (entry, target(of: entry, among: references[entry.nameBytes] ?? []))
    }
  }

  /// The file, or the file in chunks, that an entry names: by the href as written, else decoded.
  /// - Parameter references: those whose href is the entry's name.
  private func target(
    of entry: Manifest.Entry, among references: [ResolvedReference]
  ) -> ManifestTarget? {
    let folder = package.descriptor.path?.folder ?? ""
    if case .success(let path) = PackagePath.read(entry.fileName, in: folder, limits: Limits()),
      let file = package.file(at: path), file.kind == .file
    {
      return ManifestTarget(file: file, evidence: evidence.files[path])
    }
    for resolved in references {
      switch resolved.target {
      case .file(let file):
        return ManifestTarget(file: file, evidence: file.path.flatMap { evidence.files[$0] })
      case .chunks(let chunks) where chunks.missing.isEmpty:
        return ManifestTarget(file: nil, evidence: evidence.chunked[entry.fileName])
      default: continue
      }
    }
    return nil
  }

  /// The names under which the descriptor references files, there or not, as written and decoded.
  var referencedNames: Set<[UInt8]> {
    var names: Set<[UInt8]> = []
    for resolved in package.references {
      if let href = resolved.reference.href?.text { names.insert(Array(href.utf8)) }
      guard case .file(let path) = resolved.reference.target else { continue }
      names.insert(Array(path.utf8))
      // A path that leads out of the package was meant to name the file at its end.
      guard case .unsafe = resolved.target else { continue }
      if let last = path.split(whereSeparator: { "/\\".contains($0) }).last {
        names.insert(Array(String(last).utf8))
      }
    }
    return names
  }

  /// Whether the manifest has an entry, or a line that fails to be one, for a file.
  func isListed(href: String, _ file: PackageFile) -> Bool {
    guard let manifest = package.manifest?.manifest else { return false }
    let folder = package.descriptor.path?.folder ?? ""
    let below =
      file.name.hasPrefix(folder + "/") && !folder.isEmpty
      ? String(file.name.dropFirst(folder.count + 1)) : file.name
    return [href, below].contains { name in
      !manifest.entries(for: name).entries.isEmpty
        || manifest.faults.prefix(50).contains { $0.fileName == name || $0.text.contains(name) }
    }
  }

  /// The member that a fact is about, else the archive and offset.
  func place(of fact: TarFact) -> Place {
    guard let index = fact.member, package.files.indices.contains(index) else { return fact.place }
    return package.files[index].place
  }
}

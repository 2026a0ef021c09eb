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

  /// The entries of the manifest whose files are there.
  var manifestFiles: [(entry: Manifest.Entry, file: ManifestTarget)] {
    guard let manifest = package.manifest?.manifest else { return [] }
    return manifest.entries.compactMap { entry in target(of: entry).map { (entry, $0) } }
  }

  /// The file, or the file in chunks, that an entry names: by the href as written, else decoded.
  func target(of entry: Manifest.Entry) -> ManifestTarget? {
    let folder = package.descriptor.path?.folder ?? ""
    if case .success(let path) = PackagePath.read(entry.fileName, in: folder, limits: Limits()),
      let file = package.file(at: path), file.kind == .file
    {
      return ManifestTarget(file: file, evidence: evidence.files[path])
    }
    for resolved in package.references where resolved.reference.href?.text == entry.fileName {
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

  /// Whether the descriptor references a file of that name, there or not.
  func isReferenced(_ name: String) -> Bool {
    package.references.contains { resolved in
      resolved.reference.href?.text == name
        || resolved.reference.target == .file(path: name)
    }
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
        || manifest.faults.contains { $0.fileName == name || $0.text.contains(name) }
    }
  }

  /// The member that a fact is about, else the archive and offset.
  func place(of fact: TarFact) -> Place {
    guard let index = fact.member, package.files.indices.contains(index) else { return fact.place }
    return package.files[index].place
  }
}

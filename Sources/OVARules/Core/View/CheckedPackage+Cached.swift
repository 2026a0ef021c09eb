import OVAArchive
import OVABasics
import OVAIntegrity
import OVAPackage
import OVFDescriptor

/// Questions that several rules ask of a checked package.
extension CheckedPackage {
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

  /// Returns whether the manifest has an entry, or a line that fails to be one, for a file.
  func isListed(href: String, _ file: PackageFile) -> Bool {
    guard let manifest = package.manifest?.manifest else { return false }
    if let path = file.path, listedPaths.contains(path) { return true }
    let folder = package.descriptor.path?.folder ?? ""
    let below =
      file.name.hasPrefix(folder + "/") && !folder.isEmpty
      ? String(file.name.dropFirst(folder.count + 1)) : file.name
    return [href, below].contains { name in
      manifest.diagnostics.prefix(50).contains { $0.fileName == name || $0.text.contains(name) }
    }
  }

  /// The files that lines of the manifest are about.
  private var listedPaths: Set<PackagePath> {
    cached(.listedPaths) { Set(manifestLines.compactMap { $0.file?.path }) }
  }

  /// The member that a diagnostic is about, else the archive and offset.
  func place(of diagnostic: TarDiagnostic) -> Place {
    guard let index = diagnostic.member, package.files.indices.contains(index) else {
      return diagnostic.place
    }
    return package.files[index].place
  }
}

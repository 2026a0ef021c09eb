import OVAArchive
import OVABasics
import OVAPackage
import OVFDescriptor

/// Questions that rules ask of an archive.
extension CheckedPackage {
  /// Maps the archive's diagnostics by `read`, with the file that each is about.
  func archiveDiagnostics<Value>(
    _ read: (TarDiagnosticKind) -> Value?
  ) -> [(value: Value, file: PackageFile?, place: Place)] {
    package.archiveDiagnostics.compactMap { diagnostic in
      read(diagnostic.kind).map { value in
        let file = diagnostic.member.flatMap { package.files.indices.contains($0) ? $0 : nil }
        return (value, file.map { package.files[$0] }, place(of: diagnostic))
      }
    }
  }

  /// The files that a diagnostic is about, in their order, each once.
  func files(with isMeant: (TarDiagnosticKind) -> Bool) -> [PackageFile] {
    var seen: Set<Int> = []
    return package.archiveDiagnostics.compactMap { diagnostic in
      guard isMeant(diagnostic.kind), let index = diagnostic.member,
        package.files.indices.contains(index),
        seen.insert(index).inserted
      else { return nil }
      return package.files[index]
    }
  }

  /// True if the archive's reader had to stop, so that files may lie behind which it did not see.
  var archiveIsCut: Bool {
    package.archiveDiagnostics.contains { diagnostic in
      switch diagnostic.kind {
      case .badChecksum, .damaged, .negativeSize, .unreadableSize, .truncatedHeader,
        .truncatedMember, .strayExtension:
        true
      default: false
      }
    }
  }

  /// The references that lead nowhere because the archive's reader stopped, in words.
  var lostFiles: String {
    let lost = package.references.compactMap { resolved -> String? in
      guard case .missing(let path, _) = resolved.target else { return nil }
      return path.text
    }
    return lost.isEmpty ? "" : "; not found: \(lost.quoted)"
  }

  /// The paths of what the descriptor references.
  var referencedPaths: Set<PackagePath?> {
    cached(.referencedPaths) { Set(referencedFiles.lazy.compactMap(\.path)) }
  }

  /// The files that the descriptor references, chunks one by one, in the order of the References.
  var referencedFiles: [PackageFile] {
    cached(.referencedFiles) {
      var seen: Set<PackagePath> = []
      return package.references.flatMap { resolved -> [PackageFile] in
        switch resolved.target {
        case .file(let file), .notAFile(let file): [file]
        case .chunks(let chunks): chunks.pieces.map(\.file)
        default: []
        }
      }.filter { file in file.path.map { seen.insert($0).inserted } ?? true }
    }
  }
}

extension PackageFile {
  /// Returns whether both are one file of one package.
  func isSame(as other: PackageFile?) -> Bool {
    guard let other else { return false }
    return member?.index == other.member?.index && name.utf8.elementsEqual(other.name.utf8)
  }
}

extension Collection<String> {
  /// The first three in quotes, and how many more there are.
  var quoted: String { lazy.map { "'\($0)'" }.listed(most: 3) }

  /// The first twelve, and how many more there are.
  var listed: String { listed(most: 12) }
}

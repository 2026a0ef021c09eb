import OVABasics
import OVAIntegrity
import OVAPackage
import OVFDescriptor

extension Rule {
  /// The manifest lists some files of the package and not this one.
  static let manifestEntryMissing = Rule(
    id: "manifest-entry-missing",
    group: .manifest,
    title: "A file of the package is not in the manifest",
    severity: .error,
    basis: .clause("DSP0243 5.1"),
    why: "A manifest has one entry for each file of the References. vCenter refuses a package with "
      + "a file that has none; others import it unverified.",
    fix: "Run `ova manifest PATH`, which lists every file.",
    triggering: [
      Example(.ova, .content("web.mf", .text("SHA256(web.ovf)= {sha256:web.ovf}\n")))
    ],
    passing: [.sound(.ova)]
  ) { checked, findings in
    guard let manifest = checked.package.manifest, !manifest.manifest.entries.isEmpty,
      !checked.hasNamelessLines,
      !manifest.manifest.diagnostics.contains(where: { $0.kind.endsReading })
    else { return }
    for resolved in checked.package.references {
      guard let href = resolved.reference.href?.text else { continue }
      switch resolved.target {
      case .file(let file):
        let isCompanion =
          file.path == manifest.file.path || file.path == checked.package.certificate?.file.path
        guard !isCompanion, !checked.isListed(href: href, file) else { continue }
        findings.add(
          "'\(href)' has no entry in the manifest", at: resolved.reference.place,
          expected:
            "an entry in '\(manifest.file.name)'", found: nil)
      case .chunks(let chunks):
        for piece in chunks.pieces where !checked.isListed(href: piece.file.name, piece.file) {
          findings.add(
            "the chunk '\(piece.file.name)' has no entry in the manifest",
            at: resolved.reference.place)
        }
      default: continue
      }
    }
  }
}

extension ManifestDiagnosticKind {
  /// True if lines behind were not read.
  fileprivate var endsReading: Bool {
    switch self {
    case .tooManyEntries, .tooMuchMemory: true
    default: false
    }
  }
}

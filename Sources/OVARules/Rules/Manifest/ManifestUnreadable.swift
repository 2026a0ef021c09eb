import OVABasics
import OVAIntegrity
import OVAPackage

extension Rule {
  /// The manifest as a whole cannot be read.
  static let manifestUnreadable = Rule(
    id: "manifest-unreadable",
    group: .manifest,
    title: "The manifest cannot be read",
    severity: .error,
    version: 2,
    basis: .clause("DSP0243 5.1"),
    why: "A manifest is text with one line for each file. One that is empty, in another encoding "
      + "or beyond all measure verifies nothing, and importers refuse the package.",
    fix: "If the files are right, run `ova manifest PATH --accept-content`; else fetch them "
      + "again.",
    triggering: [
      Example(.ova, .content("web.mf", .bytes([])), caption: "the manifest is empty"),
      Example(
        .ova, .content("web.mf", .bytes([0xFF, 0xFE, 0x53, 0])),
        caption: "PowerShell's `>` writes UTF-16"),
    ],
    passing: [
      .sound(.ova),
      Example(
        .ova, .remove("web.mf"), caption: "no manifest at all is said by manifest-absent",
        documented: false),
    ]
  ) { checked, findings in
    guard let manifest = checked.package.manifest, manifest.file.storedSize >= manifest.file.size
    else { return }
    let diagnostics = checked.manifestDiagnostics { kind -> String? in
      switch kind {
      case .empty: "the manifest is empty"
      case .tooLarge(let limit): "the manifest is larger than \(limit) bytes"
      case .tooManyEntries(let limit): "the manifest has more than \(limit) entries"
      case .tooMuchMemory(let limit):
        "the manifest takes more memory than the limit 'heldBytes' of \(limit); the rest of it was "
          + "not read"
      default: nil
      }
    }
    for (message, diagnostic) in diagnostics { findings.add(message, at: diagnostic.place) }
    if manifest.manifest.encoding.isUTF16 {
      let isCompared =
        manifest.manifest.entries.isEmpty ? "" : "; its digests are compared all the same"
      findings.add("the manifest is UTF-16 text" + isCompared, at: manifest.file.place)
    }
    guard diagnostics.isEmpty, manifest.bytes.isEmpty, manifest.file.size > 0 else { return }
    findings.add(
      "the manifest has \(manifest.file.size) bytes, more than are read", at: manifest.file.place)
  }
}

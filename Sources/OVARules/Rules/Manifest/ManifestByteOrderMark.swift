import OVABasics
import OVAIntegrity
import OVAPackage

extension Rule {
  /// The manifest begins with a byte order mark.
  static let manifestByteOrderMark = Rule(
    id: "manifest-byte-order-mark",
    group: .manifest,
    title: "The manifest begins with a byte order mark",
    severity: .warning,
    version: 2,
    basis: .clause("DSP0243 5.1"),
    why: "The three bytes before the first line are part of its algorithm's name for readers that "
      + "do not expect them, and the first entry is invalid.",
    fix: "Run `ova manifest PATH`, which writes it in the standard's form; a signed package is "
      + "signed again with `--sign`.",
    triggering: [
      Example(.ova, .text("web.mf", replacing: "SHA256(web.ovf)", with: "\u{FEFF}SHA256(web.ovf)"))
    ],
    passing: [.sound(.ova)]
  ) { checked, findings in
    guard let manifest = checked.package.manifest, manifest.manifest.encoding == .utf8WithMark
    else { return }
    let first = manifest.manifest.entries.first { $0.place.line == 1 }
    findings.add(
      "the manifest begins with a byte order mark", at: first?.place ?? manifest.file.place)
  }
}

import OVABasics
import OVAIntegrity
import OVAPackage

extension Rule {
  /// The manifest is the output of `sha256sum`.
  static let manifestChecksumList = Rule(
    id: "manifest-checksum-list",
    group: .manifest,
    title: "The manifest is a checksum list",
    severity: .error,
    version: 2,
    basis: .clause("DSP0243 5.1"),
    why:
      "`sha256sum` writes `digest  name`, and PowerShell's Get-FileHash and certutil write tables "
      + "and lists, which are not the manifest's `SHA256(name)= digest`. Importers stop at the first "
      + "line. The digests are compared here all the same.",
    fix: "Run `ova manifest PATH`, which writes it in the standard's form; a signed package is "
      + "signed again with `--sign`.",
    triggering: [
      Example(
        .ova,
        .content(
          "web.mf", .text("{sha256:web.ovf}  web.ovf\n{sha256:web-disk1.vmdk}  web-disk1.vmdk\n"))),
      Example(
        .ova,
        .content(
          "web.mf",
          .text(
            "\r\nAlgorithm       Hash              Path\r\n---------       ----              ----\r\n"
              + "SHA256          {sha256:web.ovf}  C:\\build\\web.ovf\r\n"
              + "SHA256          {sha256:web-disk1.vmdk}  C:\\build\\web-disk1.vmdk\r\n\r\n")),
        caption: "PowerShell's `Get-FileHash`"),
      Example(
        .ova,
        .content(
          "web.mf",
          .text(
            "SHA256 hash of web.ovf:\n{sha256:web.ovf}\n"
              + "CertUtil: -hashfile command completed successfully.\n"
              + "web-disk1.vmdk: {sha256:web-disk1.vmdk}\n")),
        documented: false),
    ],
    passing: [.sound(.ova)]
  ) { checked, findings in
    let lines = checked.manifestLines.filter { $0.entry.form != .standard }
    guard let first = lines.first else { return }
    findings.add(
      "the line of '\(first.fileName)' is \(first.entry.form.words), not of a manifest"
        + lines.count.andOthers,
      at: first.entry.place, expected: first.standardForm, found: first.entry.written)
  }
}

extension Manifest.Line {
  /// The kind of list that the line belongs to, in words.
  fileprivate var words: String {
    switch self {
    case .standard: "one of a manifest"
    case .checksumText, .checksumBinary: "one of a checksum list"
    case .powerShell: "one of PowerShell's Get-FileHash"
    case .certutil: "one of certutil"
    case .other: "one of a list"
    }
  }
}

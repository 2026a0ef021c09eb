import OVABasics
import OVAIntegrity
import OVAPackage

extension Rule {
  /// Digests are in upper case.
  static let manifestUpperCaseDigest = Rule(
    id: "manifest-upper-case-digest",
    group: .manifest,
    title: "The manifest has digests in upper case",
    severity: .info,
    version: 2,
    basis: .practice("products write lower case; scripts compare letter by letter"),
    why: "Hexadecimal digits are legal in both cases. A script that compares with the output of "
      + "`sha256sum` as text takes the right digest for a wrong one.",
    fix: "Run `ova manifest PATH`, which writes it in the standard's form; a signed package is "
      + "signed again with `--sign`.",
    triggering: [
      Example(
        .ova, .algorithm("SHA1"),
        .content(
          "web.mf",
          .text(
            "SHA1(web.ovf)= {sha1:web.ovf}\nSHA1(web-disk1.vmdk)= {sha1:web-disk1.vmdk}\n"
              + "SHA1(web.nvram)= DA39A3EE5E6B4B0D3255BFEF95601890AFD80709\n")))
    ],
    passing: [.sound(.ova)]
  ) { checked, findings in
    // What PowerShell writes is no manifest for other reasons.
    let entries = checked.entries(with: [.upperCaseDigest]).filter { $0.form == .standard }
    guard let first = entries.first else { return }
    findings.add(
      "the digest of '\(first.fileName)' is in upper case" + entries.count.andOthers,
      at: first.place, expected: first.claim.digits, found: first.digestText)
  }
}

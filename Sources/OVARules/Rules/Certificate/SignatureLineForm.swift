import OVABasics
import OVAIntegrity
import OVAPackage

extension Rule {
  /// The signature's line differs from the grammar.
  static let signatureLineForm = Rule(
    id: "signature-line-form",
    group: .certificate,
    title: "The signature's line is not in the standard's form",
    severity: .warning,
    version: 2,
    basis: .clause("DSP0243 5.1"),
    why: "The line is `SHA256(x.mf)= signature`, as in a manifest. `openssl dgst -sign` prints "
      + "labels such as `RSA-SHA256` and `RSA-SHA2-256`, and other tools write blanks, that strict "
      + "importers do not read.",
    fix: "Change the label, as with `sed -i '1s/^[^(]*(/SHA256(/' x.cert`; the signature stays "
      + "valid.",
    triggering: [
      Example(
        .ova, .sign(.trustedAuthority), .text("web.cert", replacing: "SHA256(", with: "SHA2-256(")),
      Example(
        .ova, .sign(.trustedAuthority),
        .text("web.cert", replacing: "SHA256(", with: "RSA-SHA2-256("),
        caption: "the label that `openssl dgst -sign` prints"),
    ],
    passing: [.sound(.ova), Example(.ova, .sign(.trustedAuthority))]
  ) { checked, findings in
    guard let line = checked.package.certificate?.contents.signature else { return }
    // Digits in either case are hexadecimal.
    let deviations = line.deviations.filter { $0 != .upperCaseDigest }
    guard !deviations.isEmpty else { return }
    let right = "\(line.algorithm.name)(\(line.manifestName))= "
    // The label alone is an edit of one word; anything else is written anew.
    let isLabel = Set(deviations).isSubset(of: [.algorithmAlias, .algorithmCase, .keyInLabel])
    findings.add(
      "the signature's line has \(deviations.map(\.words).joined(separator: ", "))",
      at: line.place, expected: right + "signature", found: line.start + "signature",
      fix: isLabel
        ? "Change the label: `sed -i '1s/^[^(]*(/\(line.algorithm.name)(/' x.cert`; the signature "
          + "stays valid."
        : "Write the line as `\(right)` and the digits of the signature, in one row; it stays valid."
    )
  }
}

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
    basis: .clause("DSP0243 5.1"),
    why: "The line is `SHA256(x.mf)= signature`, as in a manifest. OpenSSL 3 and other tools "
      + "write labels and blanks that strict importers do not read.",
    fix: "Write the line as `SHA256(x.mf)= ` and the signature; it stays valid.",
    triggering: [
      Example(
        .ova, .sign(.trustedAuthority), .text("web.cert", replacing: "SHA256(", with: "SHA2-256("))
    ],
    passing: [.sound(.ova), Example(.ova, .sign(.trustedAuthority))]
  ) { checked, findings in
    guard let line = checked.package.certificate?.contents.signature else { return }
    // Digits in either case are hexadecimal.
    let deviations = line.deviations.filter { $0 != .upperCaseDigest }
    guard !deviations.isEmpty else { return }
    findings.add(
      "the signature's line has \(deviations.map(\.words).joined(separator: ", "))",
      at: line.place, expected: "\(line.algorithm.name)(\(line.manifestName))= signature",
      found: "\(line.algorithmText)(\(line.manifestName)")
  }
}

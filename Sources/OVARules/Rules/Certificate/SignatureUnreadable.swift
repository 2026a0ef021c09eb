import OVABasics
import OVAIntegrity
import OVAPackage

extension Rule {
  /// The certificate file has no signature that could be read.
  static let signatureUnreadable = Rule(
    id: "signature-unreadable",
    group: .certificate,
    title: "The signature cannot be read",
    severity: .error,
    basis: .clause("DSP0243 5.1"),
    why: "A certificate file begins with `SHA256(x.mf)= signature`, in hexadecimal digits. Where "
      + "that line cannot be read the package counts as tampered with or as not signed.",
    fix: "Sign the manifest again: `ova manifest PATH --sign KEY --certificate CERTIFICATE`.",
    triggering: [
      Example(.folder, .add("web.cert", .bytes([])), caption: "the certificate file is empty"),
      Example(
        .ova, .sign(.trustedAuthority), .text("web.cert", replacing: "SHA256(web.mf)= ", with: "")),
      Example(
        .folder, .add("web.cert", .text(String(repeating: "0f", count: 256) + " *web.mf\n")),
        caption: "the line that `openssl dgst -r` prints"),
      Example(
        .ova, .sign(.trustedAuthority), .text("web.cert", replacing: ")= ", with: ")= 0"),
        documented: false),
      Example(
        .ova, .sign(.trustedAuthority), .text("web.cert", replacing: ")= ", with: ")= xy"),
        documented: false),
      Example(
        .ova, .sign(.trustedAuthority), .text("web.cert", replacing: "SHA256(", with: "MD5("),
        documented: false),
    ],
    passing: [.sound(.ova), Example(.ova, .sign(.trustedAuthority))]
  ) { checked, findings in
    for (message, diagnostic) in checked.certificateDiagnostics({ kind -> String? in
      switch kind {
      case .empty: "the certificate file is empty"
      case .tooLarge(let limit): "the certificate file is larger than \(limit) bytes"
      case .signatureTooLong(let limit): "the signature's line is longer than \(limit) bytes"
      case .signatureMissing: "the first line is no signature"
      case .signatureBeforeName(let name):
        "the signature stands before the name '\(name)' and has no algorithm, as "
          + "`openssl dgst -r` prints it"
      case .unknownAlgorithm(let name):
        "the signature is labeled '\(name)', which no manifest is signed by"
      case .signatureNotHex: "the signature is not hexadecimal"
      case .signatureOddDigits(let count): "the signature has an odd number of digits, \(count)"
      default: nil
      }
    }) {
      findings.add(message, at: diagnostic.place, expected: "SHA256(name.mf)= signature")
    }
  }
}

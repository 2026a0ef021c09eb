import OVABasics
import OVAIntegrity
import OVAPackage

extension Rule {
  /// The certificate file has no certificate, or one that cannot be read.
  static let certificateUnreadable = Rule(
    id: "certificate-unreadable",
    group: .certificate,
    title: "The certificate cannot be read",
    severity: .error,
    basis: .clause("DSP0243 5.1"),
    why: "The signer's X.509 certificate follows the signature as a PEM block. Without it nobody "
      + "can verify the signature: importers say \"No certificate present\".",
    fix: "Put the signer's certificate in PEM behind the signature's line, or sign again: `ova "
      + "manifest PATH --sign KEY --certificate CERTIFICATE`.",
    triggering: [
      Example(
        .folder, .add("web.cert", .text("SHA256(web.mf)= 00ff\n")),
        caption: "there is no certificate"),
      Example(
        .ova, .sign(.trustedAuthority), .text("web.cert", replacing: "-----END", with: "---- END")),
      Example(
        .ova, .sign(.trustedAuthority), .text("web.cert", replacing: "MII", with: "AAA"),
        documented: false),
      Example(
        .ova, .sign(.trustedAuthority), .text("web.cert", replacing: "MII", with: "?II"),
        documented: false),
    ],
    passing: [
      .sound(.ova), Example(.ova, .sign(.trustedAuthority)),
      Example(
        .folder, .add("web.cert", .bytes([])),
        caption: "an empty file is said by signature-unreadable", documented: false),
    ]
  ) { checked, findings in
    for (message, diagnostic) in checked.certificateDiagnostics({ kind -> String? in
      switch kind {
      case .certificateMissing: "there is no certificate"
      case .unterminatedBlock(let label): "the block '\(label)' has no end"
      case .blockNotBase64(let label): "the block '\(label)' is no base64"
      case .certificateUnreadable(let reason): "the certificate cannot be read: \(reason)"
      case .tooManyBlocks(let limit): "there are more than \(limit) blocks; the rest is not read"
      default: nil
      }
    }) {
      findings.add(message, at: diagnostic.place, expected: "a PEM block 'CERTIFICATE'")
    }
  }
}

extension CheckedPackage {
  /// The faults of the certificate file of which `read` makes something, in the file's order.
  func certificateDiagnostics<Value>(
    _ read: (CertificateDiagnosticKind) -> Value?
  ) -> [(value: Value, diagnostic: CertificateDiagnostic)] {
    (package.certificate?.contents.diagnostics ?? []).compactMap { diagnostic in
      read(diagnostic.kind).map { ($0, diagnostic) }
    }
  }

  /// The place of the signer's certificate, else its file.
  var signerPlace: Place {
    let file = package.certificate
    return file?.contents.certificates.first?.place ?? file?.file.place ?? package.descriptor.place
  }

  /// The place of the signature's line, else its file.
  var signaturePlace: Place {
    let file = package.certificate
    return file?.contents.signature?.place ?? file?.file.place ?? package.descriptor.place
  }

  /// Whom the signer's certificate names.
  var signerName: String { signature?.signer?.subject ?? "" }
}

import OVABasics
import OVAIntegrity
import OVAPackage

extension Rule {
  /// The CMS block could not be verified.
  static let cmsSignatureUnverified = Rule(
    id: "cms-signature-unverified",
    group: .certificate,
    title: "The CMS signature could not be verified",
    severity: .warning,
    basis: .practice("VirtualBox writes a CMS block behind the certificate and verifies it"),
    why: "Whether the second signature is right is not known here, and importers that verify it "
      + "may refuse the package.",
    fix: "Sign the manifest again with an RSA or ECDSA key and SHA256 (`ova manifest PATH --sign "
      + "KEY --certificate CERTIFICATE`), or take the block out.",
    triggering: [Example(.ova, .sign(.withBrokenMessage))],
    passing: [
      .sound(.ova), Example(.ova, .sign(.withMessage)),
      Example(.ova, .sign(.withOtherMessage), documented: false),
    ]
  ) { checked, findings in
    for (state, place) in checked.messages {
      switch state {
      case .signerMissing:
        findings.add("the CMS block's signer has no certificate in the file", at: place)
      case .unsupported(let reason):
        findings.add("the CMS block is not verified: \(reason)", at: place, found: reason)
      case .unreadable(let reason):
        findings.add("the CMS block cannot be read: \(reason)", at: place)
      default: continue
      }
    }
  }
}

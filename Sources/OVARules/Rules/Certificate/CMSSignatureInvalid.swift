import OVABasics
import OVAIntegrity
import OVAPackage

extension Rule {
  /// The CMS block is not a signature over this manifest.
  static let cmsSignatureInvalid = Rule(
    id: "cms-signature-invalid",
    group: .certificate,
    title: "The CMS signature does not fit the manifest",
    severity: .error,
    basis: .practice("VirtualBox writes a CMS block behind the certificate and verifies it"),
    why: "The block is a second signature over the manifest. When it does not fit, VirtualBox "
      + "refuses the package though others import it.",
    fix: "Sign the manifest again (`ova manifest PATH --sign KEY --certificate CERTIFICATE`), or "
      + "take the block out.",
    triggering: [Example(.ova, .sign(.withOtherMessage))],
    passing: [.sound(.ova), Example(.ova, .sign(.withMessage))]
  ) { checked, findings in
    // Where the manifest was changed the block fails for the reason that signature-invalid gives.
    if case .invalid = checked.signature?.signature { return }
    for (state, place) in checked.messages {
      switch state {
      case .contentDiffers:
        findings.add("the CMS block is a signature over other bytes", at: place)
      case .signatureInvalid(let signer):
        findings.add("the CMS block's signature is not one of '\(signer.subject)'", at: place)
      default: continue
      }
    }
  }
}

extension CheckedPackage {
  /// The state of each CMS block and where it begins.
  var messages: [(state: MessageState, place: Place)] {
    guard let signature, let file = package.certificate?.contents else { return [] }
    return zip(signature.messages, file.messages).map { ($0, $1.place) }
  }
}

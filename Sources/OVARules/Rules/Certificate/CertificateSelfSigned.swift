import OVABasics
import OVAIntegrity
import OVAPackage

extension Rule {
  /// The certificate vouches for itself.
  static let certificateSelfSigned = Rule(
    id: "certificate-self-signed",
    group: .certificate,
    title: "The certificate is signed with its own key",
    severity: .warning,
    basis: .practice("vCenter and VirtualBox call such a signer not trusted, and ask"),
    why: "Nobody vouches for the signer's name. Whoever changes the package can sign it again "
      + "with another certificate of the same name.",
    fix: "Sign with a certificate of an authority that importers trust (`ova manifest PATH --sign "
      + "KEY --certificate CERTIFICATE`), or tell them to trust this one (`--trust FILE`).",
    triggering: [Example(.ova, .sign(.selfSigned))],
    passing: [.sound(.ova), Example(.ova, .sign(.trustedAuthority))]
  ) { checked, findings in
    guard checked.signature?.trust == .selfSigned else { return }
    findings.add("'\(checked.signerName)' vouches for itself", at: checked.signerPlace)
  }
}

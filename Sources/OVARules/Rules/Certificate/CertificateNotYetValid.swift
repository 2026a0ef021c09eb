import OVABasics
import OVAIntegrity
import OVAPackage

extension Rule {
  /// The certificate's time has not begun.
  static let certificateNotYetValid = Rule(
    id: "certificate-not-yet-valid",
    group: .certificate,
    title: "The certificate is not yet valid",
    severity: .warning,
    basis: .clause("DSP0243 5.1"),
    why: "Importers refuse a signer whose time has not begun. Often the clock of the machine that "
      + "made the certificate, or of this one, is wrong.",
    fix: "Compare the clocks; sign again with a valid certificate (`ova manifest PATH --sign KEY "
      + "--certificate CERTIFICATE`), or import later.",
    triggering: [Example(.ova, .sign(.notYetValid))],
    passing: [.sound(.ova), Example(.ova, .sign(.trustedAuthority))]
  ) { checked, findings in
    guard case .notYetValid(let days) = checked.signature?.validity else { return }
    findings.add(
      "the certificate of '\(checked.signerName)' becomes valid in \(days.of("day"))",
      at: checked.signerPlace)
  }
}

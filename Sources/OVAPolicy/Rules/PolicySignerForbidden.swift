import OVABasics
import OVAIntegrity
import OVAPackage
import OVARules

extension PolicyRule {
  /// The package is not signed by somebody whom the policy names.
  static let signer = PolicyRule(
    id: "policy-signer-forbidden",
    title: "The package is not signed by somebody whom the policy names",
    key: "signers",
    why: "A signature tells that nobody has changed the package since its maker signed it. A name "
      + "in a certificate counts only when a trusted authority vouches for it.",
    fix: "Have the package signed by one of the named signers, or name a PEM file of their "
      + "authority with `--trust`.",
    examplePolicy: {
      $0.signers = [NamePattern("CN=leaf"), NamePattern("CN=stranger")]
    },
    triggering: [
      .sound(), Example(.ova, .sign(.selfSigned)), Example(.ova, .sign(.unknownAuthority)),
    ],
    passing: [Example(.ova, .sign(.trustedAuthority))]
  ) { policy in
    guard let allowed = policy.signers else { return nil }
    return { checked, findings in
      guard let report = checked.signature else {
        findings.add(
          "the package is not signed", at: Place(checked.package.path), expected: allowed.listed)
        return
      }
      let place = checked.package.certificate?.file.place ?? Place(checked.package.path)
      guard let signer = report.signer, report.signature == .valid else {
        findings.add("the package has no valid signature", at: place, expected: allowed.listed)
        return
      }
      guard allowed.allow(signer.subject) else {
        findings.add(
          "the package is signed by '\(signer.subject)', who is not allowed", at: place,
          expected: allowed.listed, found: signer.subject)
        return
      }
      if case .trusted = report.trust { return }
      findings.add(
        "the package is signed by '\(signer.subject)', and no trusted authority vouches for that "
          + "name", at: place, expected: "a certificate that a trusted authority vouches for",
        found: signer.subject)
    }
  }
}

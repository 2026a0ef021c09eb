import OVABasics
import OVAPackage

extension Rule {
  /// There is a certificate and nothing that it signs.
  static let certificateWithoutManifest = Rule(
    id: "certificate-without-manifest",
    group: .certificate,
    title: "There is a certificate and no manifest",
    severity: .error,
    basis: .clause("DSP0243 5.1"),
    why: "The certificate's signature is over the manifest. Without the manifest it vouches for "
      + "nothing, and importers that ask for a signature refuse the package.",
    fix: "Put the manifest back that was signed, or make one and sign it: `ova manifest PATH "
      + "--sign KEY --certificate CERTIFICATE`.",
    triggering: [Example(.ova, .sign(.trustedAuthority), .remove("web.mf"))],
    passing: [.sound(.ova), Example(.ova, .sign(.trustedAuthority))]
  ) { checked, findings in
    let package = checked.package
    guard let certificate = package.certificate, package.manifest == nil, !checked.archiveIsCut
    else { return }
    findings.add(
      "'\(certificate.file.name)' signs a manifest, and there is none", at: certificate.file.place)
  }
}

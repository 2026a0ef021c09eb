import OVABasics
import OVAIntegrity
import OVAPackage

extension Rule {
  /// The manifest lists itself or the certificate.
  static let manifestListsItself = Rule(
    id: "manifest-lists-itself",
    group: .manifest,
    title: "The manifest lists itself or the certificate",
    severity: .error,
    basis: .clause("DSP0243 5.1"),
    why: "A file cannot hold its own digest, and the certificate is made after the manifest. Such "
      + "an entry never verifies; it comes of making the manifest over all files of a folder.",
    fix: "Run `ova manifest PATH`, which writes it in the standard's form; a signed package is "
      + "signed again with `--sign`.",
    triggering: [
      Example(
        .ova,
        .content(
          "web.mf",
          .text(
            "SHA256(web.ovf)= {sha256:web.ovf}\nSHA256(web-disk1.vmdk)= {sha256:web-disk1.vmdk}\n"
              + "SHA1(web.mf)= da39a3ee5e6b4b0d3255bfef95601890afd80709\n")))
    ],
    passing: [.sound(.ova), Example(.ova, .sign(.trustedAuthority), documented: false)]
  ) { checked, findings in
    for line in checked.manifestLines where line.subject.kind == .companion {
      let name = line.entry.fileName
      findings.add("the manifest lists '\(name)'", at: line.entry.place, found: name)
    }
  }
}

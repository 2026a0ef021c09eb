import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// The References list the manifest or the certificate.
  static let manifestReferenced = Rule(
    id: "manifest-referenced",
    group: .package,
    title: "The References list the manifest or certificate",
    severity: .error,
    basis: .clause("DSP0243 5.1"),
    why: "Manifest and certificate are made over the finished descriptor. Were they in its "
      + "References, a new signature would change the descriptor that it signs.",
    fix: "Take the `File` out of the References, then run `ova manifest PATH`.",
    triggering: [
      Example(
        replacing: "</References>",
        with: #"<File ovf:id="file2" ovf:href="web.mf"/></References>"#)
    ],
    passing: [.sound(.ova)]
  ) { checked, findings in
    let package = checked.package
    for resolved in package.references {
      guard let path = resolved.file?.path,
        path == package.manifest?.file.path || path == package.certificate?.file.path
      else { continue }
      findings.add("the References list '\(path.text)'", at: resolved.reference.place)
    }
  }
}

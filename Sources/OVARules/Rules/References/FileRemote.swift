import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// A reference is a URL to somewhere else.
  static let fileRemote = Rule(
    id: "file-remote",
    group: .references,
    title: "A file of the package lies elsewhere",
    severity: .warning,
    basis: .clause("DSP0243 7.1"),
    why: "The package is not whole without that server, and what it serves may change. It is never "
      + "fetched here, so nothing is known of it; vSphere and VirtualBox refuse such packages.",
    fix: "Download the file, put it beside the descriptor and reference it by its name.",
    triggering: [
      Example(
        replacing: #"href="web-disk1.vmdk""#, with: #"href="https://example.com/web-disk1.vmdk""#),
      Example(
        replacing: #"href="web-disk1.vmdk""#, with: #"href="file:///srv/web-disk1.vmdk""#,
        documented: false),
    ],
    passing: [.sound(.ova)]
  ) { checked, findings in
    for resolved in checked.package.references {
      guard case .remote(let scheme) = resolved.target else { continue }
      findings.add(
        "'\(resolved.hrefText)' is not in the package but reached by '\(scheme)'",
        at: resolved.reference.href?.place ?? resolved.reference.place,
        expected: "a file of the package", found: resolved.hrefText)
    }
  }
}

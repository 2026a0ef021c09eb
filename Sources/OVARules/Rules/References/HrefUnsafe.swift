import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// A reference leads out of the package.
  static let hrefUnsafe = Rule(
    id: "href-unsafe",
    group: .references,
    title: "A reference leads out of the package",
    severity: .error,
    basis: .clause("DSP0243 7.1"),
    why: "A file outside the package is not shipped with it, and a path like `../../etc/passwd` "
      + "makes a careless importer read files of its own machine. It is never followed here.",
    fix: "Put the file beside the descriptor and reference it by its name alone.",
    triggering: [
      Example(replacing: #"href="web-disk1.vmdk""#, with: #"href="../../etc/passwd""#),
      Example(replacing: #"href="web-disk1.vmdk""#, with: #"href="/etc/passwd""#),
      Example(
        replacing: #"href="web-disk1.vmdk""#, with: #"href="%2e%2e%2fweb-disk1.vmdk""#,
        documented: false),
      Example(replacing: #"href="web-disk1.vmdk""#, with: #"href="C:\web-disk1.vmdk""#),
    ],
    passing: [
      .sound(.folder),
      Example(
        replacing: #"href="web-disk1.vmdk""#, with: #"href="./web-disk1.vmdk""#,
        documented: false),
    ]
  ) { checked, findings in
    for resolved in checked.package.references {
      let href = resolved.reference.href
      let place = href?.place ?? resolved.reference.place
      switch resolved.target {
      case .unsafe(let fault):
        findings.add(
          "the href '\(href?.text ?? "")' \(fault.rawValue)", at: place,
          expected: "a path below the descriptor's folder", found: href?.text)
      case .leadsOut(let path):
        findings.add(
          "'\(path.text)' is a link that leads out of the package", at: place,
          expected: "a file in the package", found: "a symbolic link",
          fix: "Put a copy of the file in the link's place.")
      default: continue
      }
    }
  }
}

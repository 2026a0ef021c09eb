import OVABasics
import OVAByteSource
import OVAPackage

extension Rule {
  /// Reading a file failed before its end.
  static let fileUnreadable = Rule(
    id: "file-unreadable",
    group: .package,
    title: "A file could not be read to its end",
    severity: .error,
    basis: .practice("what was not read was not verified"),
    why: "The device, the network or the file itself failed while the package was read, or "
      + "somebody changed the file meanwhile. Nothing can be said of its digest.",
    fix: "Check again; if it fails again, look at the device and fetch the package anew.",
    triggering: [
      Example(
        .ova, .cutWhileChecked("web-disk1.vmdk"),
        caption: "the archive is cut short while it is checked")
    ],
    passing: [.sound(.ova), .sound(.folder)]
  ) { checked, findings in
    for (path, evidence) in checked.evidence.files {
      guard let failure = evidence.failure else { continue }
      findings.add(
        "'\(path.text)' could not be read to its end: \(failure.reason)",
        at: checked.package.file(at: path)?.place ?? failure.place)
    }
  }
}

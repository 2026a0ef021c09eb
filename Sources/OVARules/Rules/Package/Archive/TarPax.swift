import OVAArchive
import OVABasics
import OVAPackage

extension Rule {
  /// Members have extended headers.
  static let tarPax = Rule(
    id: "tar-pax",
    group: .package,
    title: "The archive has extended headers (pax)",
    severity: .warning,
    basis: .practice("vSphere refuses sizes in extended headers; oVirt takes them for files"),
    why: "The standard asks for POSIX ustar. Readers without pax take each extended header for a "
      + "file of its own, and where it holds the size of a large disk they find nothing behind "
      + "it. Python's tarfile writes pax unless told otherwise.",
    fix: "Pack with `ova fix PATH --write NEW.ova` or `tar --format=ustar`; `--format=gnu` holds "
      + "names and files that are too large for it.",
    triggering: [Example(.ova, .dialect("web-disk1.vmdk", .pax))],
    passing: [.sound(.ova), Example(.ova, .dialect("web-disk1.vmdk", .gnu), documented: false)]
  ) { checked, findings in
    let package = checked.package
    // Two sizes or names of one member are worse, and rules of their own find them.
    var disputed = Set(
      checked.files { kind in
        switch kind {
        case .paxSizeDisagrees: true
        default: false
        }
      }.map(\.name))
    disputed.formUnion(checked.ambiguousNames.map(\.file.name))
    let files = package.files.filter {
      $0.member?.dialect == .pax && !disputed.contains($0.name)
    }
    guard let first = files.first else { return }
    let sized = checked.files { kind in
      if case .paxSize = kind { true } else { false }
    }
    var message = "\(files.count) of \(package.files.count) members have extended headers"
    if !sized.isEmpty { message += "; their sizes are in them: \(sized.map(\.name).quoted)" }
    findings.add(message, at: first.place, expected: "ustar", found: "pax")
  }
}

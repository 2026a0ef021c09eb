import OVAArchive
import OVABasics
import OVAPackage

extension Rule {
  /// A member's name leads out of the folder that it is unpacked to.
  static let memberNameUnsafe = Rule(
    id: "member-name-unsafe",
    group: .package,
    title: "A member's name leads out of the package",
    severity: .error,
    basis: .clause("DSP0243 7.1"),
    why: "A name that begins at the root or climbs by `..` makes a careless tool write outside "
      + "the folder that it unpacks to.",
    fix: "Do not unpack the archive. If it is yours, pack again from inside the folder, with plain "
      + "names, also in the References, and recreate the manifest (`ova manifest`).",
    triggering: [
      Example(.ova, .add("../../etc/cron.d/web", .text("x"))),
      Example(.ova, .add("/etc/cron.d/web", .text("x"))),
    ],
    passing: [.sound(.ova)]
  ) { checked, findings in
    let diagnostics = checked.archiveDiagnostics { kind -> String? in
      switch kind {
      case .absoluteName: "is absolute"
      case .climbingName: "climbs by '..'"
      case .emptyName: "is empty"
      default: nil
      }
    }
    for (what, file, place) in diagnostics {
      findings.add("the name '\(file?.writtenName ?? "")' \(what)", at: place)
    }
  }
}

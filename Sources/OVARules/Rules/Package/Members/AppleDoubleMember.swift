import OVAArchive
import OVABasics
import OVAPackage

extension Rule {
  /// The archive holds the second halves of macOS files.
  static let appleDoubleMember = Rule(
    id: "apple-double-member",
    group: .package,
    title: "The archive holds ._ files of macOS",
    severity: .warning,
    basis: .practice("macOS tar adds them; importers take `._x.ovf` for the descriptor"),
    why: "The tar of macOS stores attributes beside each file under `._` and its name. Importers "
      + "find a second descriptor, and one that is no XML.",
    fix: "Leave them out: `ova fix PATH --write NEW.ova`, or pack again with `COPYFILE_DISABLE=1 "
      + "tar …`.",
    triggering: [
      Example(.ova, .add("._web.ovf", .bytes([0, 5, 0x16, 7])), .order(["._web.ovf"]))
    ],
    passing: [.sound(.ova)]
  ) { checked, findings in
    let files = checked.files { $0 == .appleDouble }
    guard let first = files.first else { return }
    findings.add(
      "\(files.map(\.name).quoted) \(files.count == 1 ? "is the" : "are")"
        + " second half of a macOS file", at: first.place)
  }
}

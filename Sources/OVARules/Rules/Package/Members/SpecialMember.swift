import OVAArchive
import OVABasics
import OVAPackage

extension Rule {
  /// The archive holds a device, a pipe or something unknown.
  static let specialMember = Rule(
    id: "special-member",
    group: .package,
    title: "The archive holds a device, pipe or unknown member",
    severity: .error,
    basis: .clause("DSP0243 5.3"),
    why: "Nothing but ordinary files belongs into a package. A device that is unpacked with the "
      + "rights of root is a way into the importing machine.",
    fix: "Find out how it came there, pack the files alone, and recreate the manifest (`ova "
      + "manifest`) if it lists it.",
    triggering: [Example(.ova, .add("dev", .bytes([])), .kind("dev", .device))],
    passing: [.sound(.ova)]
  ) { checked, findings in
    guard checked.package.isArchive else { return }
    let referenced = checked.referencedPaths
    for file in checked.package.files {
      guard case .special(let what) = file.kind, file.member?.kind != .sparse,
        !referenced.contains(file.path)
      else { continue }
      findings.add(
        "'\(file.name)' is a \(what)", at: file.place, expected: "a file", found: "a \(what)")
    }
  }
}

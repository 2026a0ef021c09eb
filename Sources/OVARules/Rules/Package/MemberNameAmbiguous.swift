import OVAArchive
import OVABasics
import OVAPackage

extension Rule {
  /// Readers differ in what a member's name is.
  static let memberNameAmbiguous = Rule(
    id: "member-name-ambiguous",
    group: .package,
    title: "Readers differ in what a member is called",
    severity: .error,
    basis: .practice("readers without pax take the header's name, others the extended header's"),
    why: "The extended header gives another name than the member's own header, though that could "
      + "hold it. What one tool verifies under the name another does not see.",
    fix: "Pack again in ustar: `tar --format=ustar …`.",
    triggering: [
      Example(
        .ova, .dialect("web-disk1.vmdk", .pax),
        .header("web-disk1.vmdk", .name(Array("harmless.vmdk".utf8))))
    ],
    passing: [
      .sound(.ova),
      Example(
        .ova, .dialect("web-disk1.vmdk", .pax),
        caption: "an extended header with the same name is said by tar-pax"),
    ]
  ) { checked, findings in
    let facts = checked.facts { kind -> (name: String, zero: Bool)? in
      switch kind {
      case .paxPath(let name): (name, false)
      case .zeroByteInName: ("", true)
      default: nil
      }
    }
    for (other, file, place) in facts {
      guard let name = file?.writtenName else { continue }
      if other.zero {
        findings.add("the name '\(name)' is followed by a zero byte and more", at: place)
      } else if name.utf8.count <= 100, name.utf8.allSatisfy({ $0 < 0x80 }),
        !other.name.utf8.elementsEqual(name.utf8)
      {
        findings.add(
          "'\(name)' is called '\(other.name)' in its own header", at: place, expected: name,
          found: other.name)
      }
    }
  }
}

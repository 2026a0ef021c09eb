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
    version: 2,
    basis: .practice("readers without pax take the header's name, others the extended header's"),
    why: "The extended header gives another name than the member's own header, though that could "
      + "hold it. What one tool verifies under the name another does not see.",
    fix: "Unpack it, compare the files with the manifest, and pack again: `tar --format=ustar -cf "
      + "x.ova x.ovf x.mf …`.",
    triggering: [
      Example(
        .ova, .dialect("web-disk1.vmdk", .pax),
        .header("web-disk1.vmdk", .name(Array("harmless.vmdk".utf8)))),
      Example(
        .ova, .dialect("web-disk1.vmdk", .pax), .header("web-disk1.vmdk", .emptyPaxName),
        caption: "an extended header with an empty name"),
    ],
    passing: [
      .sound(.ova),
      Example(
        .ova, .dialect("web-disk1.vmdk", .pax),
        caption: "an extended header with the same name is said by tar-pax"),
    ]
  ) { checked, findings in
    for (file, other) in checked.ambiguousNames {
      let name = file.writtenName
      if let other, other.isEmpty {
        findings.add(
          "an extended header gives '\(name)' an empty name", at: file.place, expected: name,
          found: "an empty name")
      } else if let other {
        findings.add(
          "'\(name)' is called '\(other)' in its own header", at: file.place, expected: name,
          found: other)
      } else {
        findings.add("the name '\(name)' is followed by a zero byte and more", at: file.place)
      }
    }
  }
}

extension CheckedPackage {
  /// Members whose name readers differ in, with the other name, which may be empty; nil for a zero
  /// byte in the name.
  var ambiguousNames: [(file: PackageFile, other: String?)] {
    package.archiveDiagnostics.compactMap { diagnostic in
      guard let index = diagnostic.member, package.files.indices.contains(index) else { return nil }
      let file = package.files[index]
      switch diagnostic.kind {
      case .zeroByteInName: return (file, nil)
      case .emptyExtendedName: return (file, "")
      case .paxPath(let other):
        // What a header cannot hold, long names and other letters, it gives in another form.
        let name = file.writtenName.utf8
        guard name.count <= 100, name.allSatisfy({ $0 < 0x80 }), !name.elementsEqual(other.utf8)
        else { return nil }
        return (file, other)
      default: return nil
      }
    }
  }
}

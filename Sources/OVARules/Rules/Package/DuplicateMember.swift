import OVAArchive
import OVABasics
import OVAPackage

extension Rule {
  /// A name occurs twice in the archive.
  static let duplicateMember = Rule(
    id: "duplicate-member",
    group: .package,
    title: "A file is in the archive twice",
    severity: .error,
    basis: .clause("DSP0243 5.3"),
    why: "Of two members with one name some readers take the first and some the last, so that "
      + "what was verified need not be what is imported.",
    fix: "Keep the right one and pack again; `tar --append` leaves the old one in place.",
    triggering: [
      Example(.ova, .sealManifest, .addAgain("web-disk1.vmdk", .text("another"))),
      Example(.ova, .sealManifest, .add("./web-disk1.vmdk", .text("another")), documented: false),
    ],
    passing: [.sound(.ova)]
  ) { checked, findings in
    let facts = checked.facts { kind -> Int? in
      if case .duplicateName(let first) = kind { first } else { nil }
    }
    for (first, file, place) in facts {
      guard let file, file.kind != .folder else { continue }
      let number = (file.member?.index ?? 0) + 1
      findings.add(
        "'\(file.name)' is there twice: as member \(first + 1) with "
          + "\(checked.size(ofMember: first)) bytes and as member \(number) with \(file.size)",
        at: place)
    }
  }
}

extension CheckedPackage {
  fileprivate func size(ofMember index: Int) -> UInt64 {
    package.files.indices.contains(index) ? package.files[index].size : 0
  }
}

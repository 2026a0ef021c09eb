import OVAArchive
import OVABasics
import OVAIntegrity
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
    fix: "Keep the right one, whose digest is the manifest's, and pack again; `tar --append` "
      + "leaves the old one in place.",
    triggering: [
      Example(.ova, .sealManifest, .addAgain("web-disk1.vmdk", .text("another"))),
      Example(.ova, .sealManifest, .add("./web-disk1.vmdk", .text("another")), documented: false),
    ],
    passing: [.sound(.ova)]
  ) { checked, findings in
    let diagnostics = checked.archiveDiagnostics { kind -> Int? in
      if case .duplicateName(let first) = kind { first } else { nil }
    }
    for (first, file, place) in diagnostics {
      guard let file, file.kind != .folder else { continue }
      let number = (file.member?.index ?? 0) + 1
      findings.add(
        "'\(file.name)' is there twice: as member \(first + 1) with "
          + "\(checked.size(ofMember: first)) bytes and as member \(number) with \(file.size)"
          + checked.comparison(file),
        at: place)
    }
  }
}

extension CheckedPackage {
  /// Returns whether a member has the bytes of the earlier one of its path, as far as digests were
  /// computed.
  fileprivate func comparison(_ file: PackageFile) -> String {
    guard let path = file.path, let index = file.member?.index,
      let first = evidence.files[path], let later = evidence.repeats[index],
      let digest = later.digests.first(where: { first.digest($0.algorithm) != nil })
    else { return "" }
    return first.digest(digest.algorithm) == digest
      ? ", both of the same bytes" : ", of different bytes"
  }

  fileprivate func size(ofMember index: Int) -> UInt64 {
    package.files.indices.contains(index) ? package.files[index].size : 0
  }
}

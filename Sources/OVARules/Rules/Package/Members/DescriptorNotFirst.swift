import OVABasics
import OVAPackage

extension Rule {
  /// Something stands before the descriptor.
  static let descriptorNotFirst = Rule(
    id: "descriptor-not-first",
    group: .package,
    title: "The descriptor is not the archive's first file",
    severity: .error,
    basis: .clause("DSP0243 5.3"),
    why: "Importers read an archive as it arrives and need the descriptor before anything else. "
      + "vCenter and ovftool stop with \"Did not find an .ovf file at the beginning of the OVA "
      + "package\".",
    fix: "Pack again, the descriptor first: `ova fix PATH --write NEW.ova`, or `tar "
      + "--format=ustar -cf x.ova x.ovf x.mf …`.",
    triggering: [
      Example(.ova, .order(["web-disk1.vmdk", "web.ovf"])),
      Example(.ova, .order(["web.mf", "web.ovf"]), documented: false),
    ],
    passing: [.sound(.ova), .sound(.folder)]
  ) { checked, findings in
    let package = checked.package
    guard package.isArchive,
      let first = package.files.first(where: { $0.kind == .file && !$0.isAppleDouble }),
      !first.isSame(as: package.descriptor)
    else { return }
    findings.add(
      "'\(package.descriptor.name)' stands behind '\(first.name)'", at: package.descriptor.place,
      expected: "'\(package.descriptor.name)' first", found: "'\(first.name)' first")
  }
}

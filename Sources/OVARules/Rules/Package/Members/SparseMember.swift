import OVAArchive
import OVABasics
import OVAPackage

extension Rule {
  /// A member is stored with holes.
  static let sparseMember = Rule(
    id: "sparse-member",
    group: .package,
    title: "A file is stored with holes",
    severity: .error,
    basis: .clause("DSP0243 5.3"),
    why: "Sparse members are an extension of GNU tar that ustar does not know. Importers read the "
      + "map of the holes as the file's content.",
    fix: "Pack again without `--sparse`: `tar --format=ustar -cf x.ova x.ovf x.mf …`.",
    triggering: [Example(.ova, .sealManifest, .kind("web-disk1.vmdk", .sparse))],
    passing: [.sound(.ova)]
  ) { checked, findings in
    for file in checked.package.files where file.member?.kind == .sparse {
      findings.add("'\(file.name)' is stored with holes", at: file.place)
    }
  }
}

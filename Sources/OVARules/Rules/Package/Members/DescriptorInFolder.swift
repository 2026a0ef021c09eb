import OVABasics
import OVAPackage

extension Rule {
  /// The descriptor lies in a folder of the archive.
  static let descriptorInFolder = Rule(
    id: "descriptor-in-folder",
    group: .package,
    title: "The descriptor lies in a folder of the archive",
    severity: .warning,
    basis: .practice("vCenter and ovftool look for the descriptor at the archive's top"),
    why: "It happens when a folder is packed instead of the files in it. Importers that look at "
      + "the top of the archive find no descriptor.",
    fix: "Pack from inside the folder: `tar --format=ustar -C FOLDER -cf x.ova x.ovf x.mf …`.",
    triggering: [
      Example(
        .ova, .sealManifest, .rename("web.ovf", to: "web/web.ovf"),
        .rename("web.mf", to: "web/web.mf"), .rename("web-disk1.vmdk", to: "web/web-disk1.vmdk"))
    ],
    passing: [.sound(.ova), .sound(.folder)]
  ) { checked, findings in
    let package = checked.package
    guard package.isArchive, let folder = package.descriptor.path?.folder, !folder.isEmpty else {
      return
    }
    findings.add(
      "the descriptor lies in the folder '\(folder)'", at: package.descriptor.place,
      expected: package.descriptor.path?.name, found: package.descriptor.name)
  }
}

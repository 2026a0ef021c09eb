extension TargetProduct {
  /// VirtualBox.
  static let virtualBox = TargetProduct(
    id: "virtualbox", title: "VirtualBox",
    basis: "VirtualBox 7: ApplianceImplImport.cpp (2026-09), ovfreader.cpp, tarvfs.cpp, "
      + "manifest2.cpp (2024-10)",
    releases: TargetRelease.list([("6", nil), ("7", nil)]),
    conditions: virtualBoxArchive + virtualBoxDescriptor + virtualBoxSections + virtualBoxHardware
      + virtualBoxManifest + virtualBoxSignature)
}

import OVAPackage

extension Rule {
  /// There is no descriptor.
  static let descriptorMissing = Rule(
    id: "descriptor-missing",
    group: .package,
    title: "The package has no descriptor",
    severity: .error,
    basis: .clause("DSP0243 5.1"),
    why:
      "The descriptor (.ovf) says what the appliance is. Without one there is nothing to import.",
    fix: "Pack again with the descriptor as the first member, and list it in the manifest, too "
      + "(`ova manifest`).",
    failures: [.noDescriptor],
    triggering: [
      Example(.ova, .remove("web.ovf"))
    ],
    passing: [.sound(.ova), .sound(.folder)]
  ) { _, _ in }
}

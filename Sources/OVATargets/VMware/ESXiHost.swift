import OVAIntegrity
import OVAPackage
import OVARules
import OVFDescriptor

extension TargetProduct {
  /// An ESXi host without vCenter.
  static let esxiHost = TargetProduct(
    id: "esxi-host", title: "ESXi host client", basis: "reports",
    releases: TargetRelease.vSphere, conditions: esxiHostConditions, parts: [vSphere])

  private static let esxiHostConditions: [TargetCondition] = [
    TargetCondition(
      "esx-options", "deployment options", .loss, "The options are not offered.",
      fix: TargetFix.oneOption, basis: .reported("govmomi#487"), triggering: .moreProcessors
    ) { $0.options },
    TargetCondition(
      "esx-properties", "properties that users set", .loss,
      "A host without vCenter does not pass them on to the guest.",
      fix: "Import through vCenter, or inject the properties.", basis: .unsure("recalled"),
      triggering: .sound(),
      passing: .edit("userConfigurable=\"true\"", "userConfigurable=\"false\"")
    ) { view in
      view.envelope.products.flatMap(\.properties)
        .filter { $0.userConfigurable?.value == true }
        .map { Hit($0.place, found: $0.key?.text) }
    },
    TargetCondition(
      "esx-size-old-client", "a package of more than 1 GB", .fails,
      "The client in the browser breaks the upload off.",
      fix: "Use ovftool or govc.", basis: .reported("photon-controller#78"),
      releases: "6.0", at: "6.0",
      triggering: .files(.ova, .add("data.iso", .filled(with: 0, count: (1 << 30) + 512)))
    ) { view in
      guard view.release?.version == "6.0" else { return [] }
      let size: UInt64 = view.package.files.reduce(0) {
        $0.addingReportingOverflow($1.size).partialValue
      }
      return size > 1 << 30 ? [view.whole] : []
    },
  ]
}

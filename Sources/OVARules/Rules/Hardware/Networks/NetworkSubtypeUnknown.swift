import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// A network adapter is of no known kind.
  static let networkSubtypeUnknown = Rule(
    id: "network-subtype-unknown",
    group: .hardware,
    title: "A network adapter is of no known kind",
    severity: .info,
    basis: .practice("govc: \"unsupported resource subtype\"."),
    why: "The subtype of an adapter is one of `VmxNet3`, `E1000`, `E1000e`, `PCNet32` and some "
      + "older ones. With another the adapter is left out, becomes one of another kind, or the "
      + "package is refused.",
    fix: "Write the name as VMware spells it.",
    triggering: [
      Example(replacing: ">VmxNet3<", with: ">VMXNET 3<"),
      Example(replacing: ">VmxNet3<", with: ">vmxnet-3<"),
      Example(replacing: ">VmxNet3<", with: ">pcnet32<", caption: "letter case alone"),
      Example(replacing: ">VmxNet3<", with: ">VmxNet 3<", documented: false),
      Example(replacing: ">VmxNet3<", with: ">tulip<", documented: false),
    ],
    passing: [
      .sound(.folder),
      Example(replacing: ">VmxNet3<", with: ">VmxNet3 virtio<"),
      Example(replacing: ">VmxNet3<", with: ">E1000<", documented: false),
      Example(
        replacing: ">VmxNet3<", with: ">VMXNET3<", caption: "VMware's own products write it so"),
      Example(replacing: ">VmxNet3<", with: ">virtio<", documented: false),
    ]
  ) { checked, findings in
    guard checked.envelope.dialect != .oVirt else { return }
    for item in checked.items where item.resourceType?.value == 10 && item.isDevice {
      findings.add(item, .network, "network adapter", unknown: .info, otherCase: .info)
    }
  }
}

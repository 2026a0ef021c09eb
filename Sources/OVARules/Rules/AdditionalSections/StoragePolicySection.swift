import OVABasics
import OVAPackage
import OVFDescriptor
import OVFXML

extension Rule {
  /// The package carries storage policies of the place where it was made.
  static let storagePolicySection = Rule(
    id: "storage-policy-section",
    group: .descriptor,
    title: "The package names storage policies of its origin",
    severity: .info,
    basis: .practice(
      "govc, Terraform and Packer: \"a specified parameter was not correct: ovfSection.info.key\" "
        + "(govmomi, packer-plugin-vmware)."),
    why: "A vmw:StorageGroupSection names the storage policy that the exported machine had, which "
      + "hardly any other vCenter has under that name. vSphere's client asks for one of its own; "
      + "tools made with govmomi fail with a message that names no cause.",
    fix: "Unless the disks need a policy, delete the vmw:StorageGroupSection together with every "
      + "vmw:StorageSection and vmw:StorageGroup that refers to it.",
    triggering: [
      Example(
        adding: "  <vmw:StorageGroupSection ovf:required=\"false\" vmw:id=\"group1\""
          + " vmw:name=\"Gold\">\n    <Info>Storage policy</Info>\n"
          + "  </vmw:StorageGroupSection>\n", before: "  <VirtualSystem "),
      Example(
        adding: "  <vmw:StorageGroupSection ovf:required=\"false\" vmw:id=\"group1\""
          + " vmw:name=\"Gold\">\n    <Info>Storage policy</Info>\n"
          + "  </vmw:StorageGroupSection>\n  <vmw:StorageGroupSection ovf:required=\"false\""
          + " vmw:id=\"group2\" vmw:name=\"Silver\">\n    <Info>Storage policy</Info>\n"
          + "  </vmw:StorageGroupSection>\n", before: "  <VirtualSystem ", documented: false),
    ],
    passing: [
      .sound(.folder),
      Example(
        adding: "  <vmw:OtherSection ovf:required=\"false\">\n    <Info>Other</Info>\n"
          + "  </vmw:OtherSection>\n", before: "  <VirtualSystem ", documented: false),
    ]
  ) { checked, findings in
    let groups = checked.envelope.allSections.filter { section in
      section.kind == nil && section.name.local.isExactly("StorageGroupSection")
    }
    guard let first = groups.first else { return }
    let names = groups.map { section in
      section.otherAttributes.first { $0.name.local.isExactly("name") }?.value ?? ""
    }
    findings.add(
      groups.count == 1
        ? "the package names the storage policy \(names.quoted)"
        : "the package names \(groups.count) storage policies: \(names.quoted)",
      at: first.place, found: names.first)
  }
}

import OVABasics
import OVAPackage
import OVFDescriptor
import OVFXML

extension Rule {
  /// Properties travel on a CD, and the machine has no drive for it.
  static let transportWithoutDrive = Rule(
    id: "transport-without-drive",
    group: .properties,
    title: "Properties travel on a CD, and there is no drive",
    severity: .warning,
    basis: .practice(
      "Terraform: \"this virtual machine requires a client CDROM device to deliver vApp "
        + "properties\"."),
    why: "The transport `iso` hands the properties over on a CD that appears in a drive of the "
      + "machine. Without a CD or DVD drive the deployment stops, or the guest gets none.",
    fix: "Add a CD drive on an IDE or SATA controller, or write another transport that the guest "
      + "reads.",
    triggering: [
      Example(replacing: #""com.vmware.guestInfo""#, with: #""iso""#),
      Example(
        replacing: #""com.vmware.guestInfo""#, with: #""iso com.vmware.guestInfo""#,
        caption: "the other transport is there still"),
    ],
    passing: [
      .sound(.folder),
      Example(
        .folder, edits: [.init(old: #""com.vmware.guestInfo""#, new: #""iso""#), .cdDrive], []),
      Example(
        .folder,
        edits: [
          .init(old: #""com.vmware.guestInfo""#, new: #""iso""#), .cdDrive,
          .init(
            old: "<rasd:ResourceType>15</rasd:ResourceType>",
            new: "<rasd:ResourceType>16</rasd:ResourceType>"),
        ], [], caption: "a DVD drive reads CDs"),
    ]
  ) { checked, findings in
    let hasCollections = checked.envelope.collections.contains {
      !checked.settable($0.products).isEmpty
    }
    for (system, hardware) in checked.hardware {
      guard let written = hardware.section.transports, let words = written.value,
        words.contains(where: { $0.isExactly(OVFTransport.iso) }), hardware.opticalDrives.isEmpty
      else { continue }
      // Where nothing is to be set, or it arrives otherwise too, nothing is lost.
      let isLost =
        words.count == 1 && (hasCollections || !checked.settable(system.products).isEmpty)
      findings.add(
        "\(system.title) is to get its properties on a CD and has no CD or DVD drive",
        at: written.place, expected: "a CD or DVD drive", found: written.text,
        severity: isLost ? nil : .info)
    }
  }
}

import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// A machine has no hardware.
  static let hardwareMissing = Rule(
    id: "hardware-missing",
    group: .hardware,
    title: "A machine has no hardware",
    severity: .error,
    version: 2,
    basis: .practice("VMware's tools refuse it: missing child element VirtualHardwareSection."),
    why: "Without a VirtualHardwareSection nobody can tell how many processors, how much memory "
      + "and which disks the machine has.",
    fix: "Export the machine again, or add a VirtualHardwareSection.",
    triggering: [
      Example(
        .folder,
        edits: [
          Example.Edit(
            old: "<VirtualHardwareSection ovf:transport=\"com.vmware.guestInfo\">", new: "<!--"),
          Example.Edit(old: "</VirtualHardwareSection>", new: "-->"),
          Example.Edit(
            old:
              #"<Disk ovf:diskId="disk1" ovf:fileRef="file1" ovf:capacity="64" ovf:capacityAllocationUnits="byte * 2^20" ovf:format="http://www.vmware.com/interfaces/specifications/vmdk.html#streamOptimized"/>"#,
            new: ""),
          Example.Edit(
            old: #"<File ovf:id="file1" ovf:href="web-disk1.vmdk" ovf:size="SIZE"/>"#, new: ""),
        ], [.remove("web-disk1.vmdk")])
    ],
    passing: [.sound(.folder)]
  ) { checked, findings in
    for system in checked.envelope.virtualSystems where system.hardwareSections.isEmpty {
      findings.add("\(system.title) has no VirtualHardwareSection", at: system.place)
    }
  }
}

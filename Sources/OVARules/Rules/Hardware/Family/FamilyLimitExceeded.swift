import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// The machine has more processors or memory than its family can have.
  static let familyLimitExceeded = Rule(
    id: "family-limit-exceeded",
    group: .hardware,
    title: "The machine is larger than its hardware family can be",
    severity: .warning,
    version: 2,
    basis: .practice(
      "VMware: \"Hardware Features Available with Virtual Machine Compatibility Settings\"."),
    why: "Each of VMware's families has a most number of processors and a most amount of memory. "
      + "A machine beyond them is imported and cannot be started.",
    fix: "Raise the VirtualSystemType, or give the machine less.",
    triggering: [
      Example(
        .folder,
        edits: [
          .family("vmx-07"),
          Example.Edit(
            old: "<rasd:VirtualQuantity>2</rasd:VirtualQuantity>",
            new: "<rasd:VirtualQuantity>16</rasd:VirtualQuantity>"),
        ], [], caption: "vmx-07 has 8 processors at most"),
      Example(
        .folder,
        edits: [
          .family("vmx-10"), Example.Edit(old: ">2048<", new: ">2097152<"),
        ], [], caption: "vmx-10 has 1011 GiB at most"),
    ],
    passing: [
      .sound(.folder),
      Example(replacing: ">2048<", with: ">2097152<", documented: false),
    ]
  ) { checked, findings in
    for (machine, hardware) in checked.hardware {
      guard let newest = hardware.section.vmwareVersions.max() else { continue }
      func say(_ count: String, _ kind: Device.Kind, _ most: String) {
        guard let device = hardware.devices.first(where: { $0.kind == kind }) else { return }
        let choice = hardware.configuration.map { " in the configuration '\($0)'" } ?? ""
        findings.add(
          "\(machine.title) has \(count)\(choice), and \(newest.asFamily) has \(most) at most",
          at: device.places.last ?? device.item.place, expected: most, found: count)
      }
      if let processors = VMwareFamily.mostProcessors(newest), let count = hardware.virtualCPUs,
        count > processors
      {
        say("\(count) processors", .processor, "\(processors)")
      }
      if let gibibytes = VMwareFamily.mostGibibytes(newest), let bytes = hardware.memoryBytes,
        bytes > gibibytes << 30
      {
        say("\(bytes >> 30) GiB of memory", .memory, "\(gibibytes) GiB")
      }
    }
  }
}

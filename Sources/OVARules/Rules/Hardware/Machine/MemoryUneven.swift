import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// The size of the memory is one that hosts refuse.
  static let memoryUneven = Rule(
    id: "memory-uneven",
    group: .hardware,
    title: "The memory is not a multiple of 4 MiB",
    severity: .warning,
    basis: .practice("vSphere: \"Memory (RAM) size (257) is invalid.\""),
    why: "VMware's hosts start a machine only if its memory is a multiple of 4 MiB. A size below "
      + "4 MiB is too little for every product, and mostly a slip of the unit.",
    fix: "Write a multiple of 4 MiB.",
    triggering: [
      Example(replacing: "<rasd:VirtualQuantity>2048<", with: "<rasd:VirtualQuantity>2047<"),
      Example(
        replacing: "byte * 2^20</rasd:AllocationUnits>",
        with: "byte</rasd:AllocationUnits>", caption: "2048 bytes"),
    ],
    passing: [
      .sound(.folder),
      Example(replacing: "<rasd:VirtualQuantity>2048<", with: "<rasd:VirtualQuantity>2052<"),
      Example(
        .folder,
        edits: [
          .family("virtualbox-2.2"),
          Example.Edit(old: "<rasd:VirtualQuantity>2048<", new: "<rasd:VirtualQuantity>2047<"),
        ], [], caption: "VirtualBox takes every whole number of MiB", documented: false),
    ]
  ) { checked, findings in
    for (machine, hardware) in checked.hardware {
      guard let bytes = hardware.memoryBytes, bytes > 0, bytes % step != 0,
        let device = hardware.devices.first(where: { $0.kind == .memory }),
        // Without a unit that is the finding.
        device.item.allocationUnits != nil
      else { continue }
      let isForVMware = !hardware.section.vmwareVersions.isEmpty
      guard isForVMware || bytes < step else { continue }
      let choice = hardware.configuration.map { " in the configuration '\($0)'" } ?? ""
      let size = bytes % (1 << 20) == 0 ? "\(bytes >> 20) MiB" : "\(bytes) bytes"
      let next = (bytes / step + 1) * (step >> 20)
      findings.add(
        "\(machine.title) has \(size) of memory\(choice)",
        at: device.places.last ?? device.item.place, expected: "a multiple of 4 MiB", found: size,
        fix: bytes < step
          ? "Write the unit that is meant, such as `byte * 2^20` for MiB or `byte * 2^30` for GiB."
          : "Write a multiple of 4 MiB, such as \(next) MiB.")
    }
  }

  private static let step: UInt64 = 4 << 20
}

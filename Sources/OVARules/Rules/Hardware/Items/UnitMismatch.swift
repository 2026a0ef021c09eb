import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// The unit of a processor or memory item counts something else.
  static let unitMismatch = Rule(
    id: "unit-mismatch",
    group: .hardware,
    title: "A unit counts something else than its item",
    severity: .error,
    basis: .clause("DSP0243 8.3"),
    why: "Memory is counted in bytes and the speed of processors in cycles a second. From another "
      + "unit no size can be told; importers refuse it, or take a unit of their own.",
    fix: "Write `byte * 2^20` for memory in MiB, and `hertz * 10^6` for processors.",
    triggering: [
      Example(
        replacing: "byte * 2^20</rasd:AllocationUnits>",
        with: "hertz * 10^6</rasd:AllocationUnits>"),
      Example(
        replacing: "hertz * 10^6</rasd:AllocationUnits>",
        with: "byte * 2^20</rasd:AllocationUnits>", caption: "of processors a warning"),
    ],
    passing: [
      .sound(.folder),
      Example(
        replacing: "byte * 2^20</rasd:AllocationUnits>", with: "MB</rasd:AllocationUnits>",
        caption: "a unit that is only written otherwise", documented: false),
    ]
  ) { checked, findings in
    var said: Set<Place> = []
    for (machine, hardware) in checked.hardware {
      for device in hardware.devices {
        let item = device.item
        guard let units = item.allocationUnits, let base = units.value?.base else { continue }
        switch device.kind {
        case .memory where base != .byte:
          guard said.insert(item.place).inserted else { continue }
          findings.add(
            "\(item.title) of \(machine.title) is memory in the unit '\(units.text)', which counts "
              + "no bytes", at: units.place, expected: "byte * 2^20", found: units.text,
            fix: "Write `byte * 2^20` if the quantity counts MiB.")
        case .processor where base == .byte || base == .bit:
          guard said.insert(item.place).inserted else { continue }
          findings.add(
            "\(item.title) of \(machine.title) counts processors in the unit '\(units.text)'",
            at: units.place, expected: "hertz * 10^6", found: units.text, severity: .warning,
            fix: "Write `hertz * 10^6`, or delete the element.")
        default: continue
        }
      }
    }
  }
}

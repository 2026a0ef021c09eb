import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// A machine has no processor or no memory, since the quantity is 0.
  static let quantityZero = Rule(
    id: "quantity-zero",
    group: .hardware,
    title: "A processor or memory item has the quantity 0",
    severity: .error,
    basis: .clause("DSP0243 8.3"),
    why: "A machine needs at least one processor and some memory. Hosts refuse the number, and "
      + "others put one of their own in its place.",
    fix: "Write the number of processors, or the size of the memory.",
    triggering: [
      Example(replacing: "<rasd:VirtualQuantity>2048<", with: "<rasd:VirtualQuantity>0<"),
      Example(replacing: "<rasd:VirtualQuantity>2<", with: "<rasd:VirtualQuantity>0<"),
    ],
    passing: [
      .sound(.folder),
      Example(replacing: "<rasd:VirtualQuantity>2<", with: "<rasd:VirtualQuantity>1<"),
    ]
  ) { checked, findings in
    var said: Set<Place> = []
    for (machine, hardware) in checked.hardware {
      for device in hardware.devices where device.kind == .processor || device.kind == .memory {
        let item = device.item
        guard case .success(.number(0))? = item.virtualQuantity?.reading,
          said.insert(item.place).inserted
        else { continue }
        let what = device.kind == .memory ? "memory" : "processors"
        findings.add(
          "\(item.title) of \(machine.title) has the quantity 0: no \(what)", at: item.place,
          found: "0")
      }
    }
  }
}

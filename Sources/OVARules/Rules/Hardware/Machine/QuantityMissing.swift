import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// A processor or memory item does not say how many or how much.
  static let quantityMissing = Rule(
    id: "quantity-missing",
    group: .hardware,
    title: "A processor or memory item has no quantity",
    severity: .error,
    basis: .clause("DSP0243 8.3"),
    why: "VirtualQuantity is the number of processors or the size of the memory. Importers refuse "
      + "an item without, or make a machine that does not start.",
    fix: "Add `<rasd:VirtualQuantity>`.",
    triggering: [
      Example(replacing: "        <rasd:VirtualQuantity>2048</rasd:VirtualQuantity>\n", with: ""),
      Example(
        replacing: "<rasd:VirtualQuantity>2<", with: "<rasd:VirtualQuantity>${cpus}<",
        caption: "no property has that name"),
    ],
    passing: [
      .sound(.folder),
      Example(
        replacing: "<rasd:VirtualQuantity>2048<", with: "<rasd:VirtualQuantity>2 GB<",
        caption: "a quantity that is there and wrong is another matter", documented: false),
    ]
  ) { checked, findings in
    for (machine, hardware) in checked.hardware {
      for device in hardware.devices where device.kind == .processor || device.kind == .memory {
        let item = device.item
        let what = device.kind == .memory ? "memory" : "processors"
        switch item.virtualQuantity?.reading {
        case nil where item.field("num_of_sockets") == nil, .failure(.empty):
          findings.add(
            "\(item.title) of \(machine.title) does not say how many \(what)".replacing(
              "how many memory", with: "how much memory"), at: item.place)
        case .success(.property(let name)):
          let value = checked.envelope.property(name, in: hardware.configuration)
          guard value?.value(for: hardware.configuration)?.text.isEmpty ?? true else { continue }
          findings.add(
            "\(item.title) of \(machine.title) takes its quantity from the property '\(name)', "
              + (value == nil ? "which there is not" : "which has no value"), at: item.place,
            found: "${\(name)}", severity: value == nil ? .error : .info)
        default: continue
        }
      }
    }
  }
}

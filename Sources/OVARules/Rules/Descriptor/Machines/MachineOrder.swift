import OVABasics
import OVAPackage
import OVFDescriptor
import OVFXML

extension Rule {
  /// The parts of a machine or of its hardware are not in the order of the standard.
  static let machineOrder = Rule(
    id: "machine-order",
    group: .descriptor,
    title: "The parts of a machine are in the wrong order",
    severity: .warning,
    basis: .clause("DSP8023 (the OVF schema), Content_Type and VirtualHardwareSection_Type"),
    why: "A machine or collection has its Info first, then its Name, then its sections; the "
      + "hardware has the System before the Items. Readers that go by the schema refuse another "
      + "order.",
    fix: "Move the part to its place: `ova fix PATH --write NEW.ova`.",
    triggering: [
      Example(
        .folder,
        edits: [
          Example.Edit(old: "    <Name>web</Name>\n", new: ""),
          Example.Edit(
            old: "    <VirtualHardwareSection ",
            new: "    <Name>web</Name>\n    <VirtualHardwareSection "),
        ], [])
    ],
    passing: [.sound(.folder)]
  ) { checked, findings in
    guard [.ovf1, .ovf2].contains(checked.envelope.dialect) else { return }
    let machines = checked.envelope.virtualSystems.map { ($0.title, $0.children) }
    let collections = checked.envelope.collections.map { ($0.title, $0.children) }
    for (title, children) in machines + collections {
      var latest: (rank: Int, name: String)?
      for child in children {
        let rank =
          switch child.name.local {
          case "Info": 0
          case "Name": 1
          default: 2
          }
        if let latest, rank < latest.rank {
          findings.add(
            "\(child.name.local) of \(title) stands behind \(latest.name)", at: child.place,
            expected: "Info, Name, sections")
          break
        }
        latest = (rank, child.name.local)
      }
    }
    for (machine, section) in checked.hardwareSections {
      guard let system = section.system, let first = section.items.map(\.place).min(),
        first < system.place
      else { continue }
      findings.add(
        "the System of \(machine.title) stands behind an Item", at: system.place,
        expected: "Info, System, Items")
    }
  }
}

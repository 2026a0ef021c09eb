import OVABasics
import OVAPackage
import OVFDescriptor
import OVFXML

extension Rule {
  /// A machine has more controllers of a kind than there can be.
  static let controllerOutOfRange = Rule(
    id: "controller-out-of-range",
    group: .hardware,
    title: "A machine has more controllers of a kind than it can have",
    severity: .warning,
    basis: .practice(
      "vSphere: at most 2 IDE, 4 SCSI, 4 SATA and 4 NVMe controllers (vSphere Configuration "
        + "Maximums)."),
    why: "IDE controllers have the numbers 0 and 1, those of SCSI, SATA and NVMe 0 to 3. A "
      + "controller beyond them cannot be made, nor can what hangs on it.",
    fix: "Number the controllers of each kind from 0, and hang the drives of those too many on "
      + "others.",
    triggering: [
      Example(
        item: ["Address": "2", "ElementName": "IDE 2", "InstanceID": "9", "ResourceType": "5"]),
      Example(
        replacing: "<rasd:Address>0</rasd:Address>", with: "<rasd:Address>4</rasd:Address>"),
      Example(
        .folder, edits: [.init(old: "    </VirtualHardwareSection>", new: .controllers(4))], [],
        caption: "five that say no number"),
    ],
    passing: [
      .sound(.folder),
      Example(
        item: ["Address": "1", "ElementName": "IDE 1", "InstanceID": "9", "ResourceType": "5"]),
      Example(
        .folder, edits: [.init(old: "    </VirtualHardwareSection>", new: .controllers(3))], [],
        documented: false),
    ]
  ) { checked, findings in
    guard checked.envelope.dialect != .oVirt else { return }
    for (machine, hardware) in checked.hardware {
      var counts: [Device.Bus: Int] = [:]
      for device in hardware.controllers {
        guard case .controller(let bus) = device.kind, let most = bus.mostControllers else {
          continue
        }
        counts[bus, default: 0] += 1
        if let number = device.writtenNumber, let value = number.value,
          !(0..<most).contains(value)
        {
          findings.add(
            "\(device.item.title) is the \(bus.title) controller number \(number.text)",
            at: number.place, expected: "0 to \(most - 1)", found: number.text,
            severity: hardware.section.isVirtualBoxOnly ? .info : nil)
        } else if device.writtenNumber == nil, let count = counts[bus], count > most {
          findings.add(
            "\(machine.title) has more than \(most) \(bus.title) controllers",
            at: device.item.place, expected: "\(most)", found: "\(count)",
            severity: hardware.section.isVirtualBoxOnly ? .info : nil)
        }
      }
    }
  }
}

extension String {
  /// So many SCSI controllers without a number, and the end of the hardware.
  fileprivate static func controllers(_ count: Int) -> String {
    (1...count).map {
      Example.item([
        "ElementName": "SCSI controller", "InstanceID": "2\($0)", "ResourceSubType": "lsilogic",
        "ResourceType": "6",
      ])
    }.joined() + "    </VirtualHardwareSection>"
  }
}

import OVABasics
import OVAPackage
import OVFDescriptor
import OVFXML

extension Rule {
  /// VirtualBox's own description has other processors or memory than the standard's.
  static let virtualBoxHardwareDiffers = Rule(
    id: "virtualbox-hardware-differs",
    group: .hardware,
    title: "VirtualBox's description has other processors or memory",
    severity: .warning,
    basis: .practice("VirtualBox: ApplianceImplImport.cpp takes both from vbox:Machine first."),
    why: "VirtualBox goes by its own description and every other product by the standard's "
      + "hardware, so that they make different machines. Mostly only one of the two was edited.",
    fix: "Write the number that is meant in both places.",
    triggering: [
      Example(.folder, edits: [.machine(processors: 4, mebibytes: 2048)], []),
      Example(.folder, edits: [.machine(processors: 2, mebibytes: 4096)], [], documented: false),
    ],
    passing: [
      .sound(.folder), Example(.folder, edits: [.machine(processors: 2, mebibytes: 2048)], []),
    ]
  ) { checked, findings in
    for (machine, hardware) in checked.hardware where hardware.configuration == nil {
      guard let described = machine.extensions.first(where: { $0.name.local.isExactly("Machine") }),
        let own = described.element.children.first(where: { $0.name.local == "Hardware" })
      else { continue }
      func compare(
        _ element: String, _ attribute: String, with written: UInt64?, _ what: String
      ) {
        guard let part = own.children.first(where: { $0.name.local == element }),
          let text = part.attribute(attribute)?.value, let number = UInt64(text), number > 0,
          let written, written > 0, written != number
        else { return }
        findings.add(
          "\(machine.title) has \(number) \(what) in VirtualBox and \(written) elsewhere",
          at: part.place(in: machine.place.file), expected: "\(written)", found: text)
      }
      compare("CPU", "count", with: hardware.virtualCPUs, "processors")
      compare("Memory", "RAMSize", with: hardware.memoryBytes.map { $0 >> 20 }, "MiB of memory")
    }
  }
}

extension Example.Edit {
  fileprivate static func machine(processors: Int, mebibytes: Int) -> Self {
    Self(
      old: "</VirtualSystem>",
      new: "<vbox:Machine xmlns:vbox=\"http://www.virtualbox.org/ovf/machine\""
        + " ovf:required=\"false\">\n      <Hardware>\n        <CPU count=\"\(processors)\"/>\n"
        + "        <Memory RAMSize=\"\(mebibytes)\"/>\n      </Hardware>\n    </vbox:Machine>\n"
        + "  </VirtualSystem>")
  }
}

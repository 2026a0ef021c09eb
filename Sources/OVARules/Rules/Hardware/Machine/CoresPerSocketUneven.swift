import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// The processors do not fill whole sockets.
  static let coresPerSocketUneven = Rule(
    id: "cores-per-socket-uneven",
    group: .hardware,
    title: "The processors do not fill their sockets",
    severity: .warning,
    basis: .practice("vSphere: the number of processors is a multiple of the cores per socket."),
    why: "`vmw:CoresPerSocket` says how many processors share a socket. Where they do not divide "
      + "evenly, vSphere refuses to make the machine.",
    fix:
      "Write a number that divides the processors of every configuration, or delete the element.",
    triggering: [
      Example(
        replacing: "<rasd:VirtualQuantity>2</rasd:VirtualQuantity>",
        with: "<rasd:VirtualQuantity>2</rasd:VirtualQuantity>"
          + "<vmw:CoresPerSocket ovf:required=\"false\">4</vmw:CoresPerSocket>")
    ],
    passing: [
      .sound(.folder),
      Example(
        replacing: "<rasd:VirtualQuantity>2</rasd:VirtualQuantity>",
        with: "<rasd:VirtualQuantity>2</rasd:VirtualQuantity>"
          + "<vmw:CoresPerSocket ovf:required=\"false\">2</vmw:CoresPerSocket>"),
    ]
  ) { checked, findings in
    for (machine, hardware) in checked.hardware {
      guard let cores = hardware.coresPerSocket, let perSocket = cores.value, perSocket > 0,
        let processors = hardware.virtualCPUs, processors % perSocket != 0
      else { continue }
      let choice = hardware.configuration.map { " in the configuration '\($0)'" } ?? ""
      findings.add(
        "\(machine.title) has \(processors) processors\(choice) and \(perSocket) cores per socket",
        at: cores.place, expected: "a divisor of \(processors)", found: cores.text)
    }
  }
}

import OVABasics
import OVARules
import OVFDescriptor

extension TargetProduct {
  /// Cisco's images, each within the limits of its product.
  static let cisco = TargetProduct(
    id: "cisco", title: "Cisco's images, by product class",
    basis: "COT 2.2.1 (0811b963): the limits of each product, which no importer enforces",
    conditions: CiscoLimits.all.map(\.condition), importsPackages: false)
}

/// The limits of a product of Cisco's.
private struct CiscoLimits {
  /// The condition's key.
  let key: String
  /// The product's name.
  let name: String
  /// The classes of the ProductSection that name it.
  let classes: [String]
  /// The numbers of processors.
  var processors: Set<UInt64>
  /// The memory in MiB.
  var memory: ClosedRange<UInt64>
  /// The numbers of network adapters.
  var adapters: ClosedRange<Int> = 0...Int.max
  /// The numbers of serial ports.
  var serialPorts: ClosedRange<Int>
  /// The kinds of network adapters, in lower case.
  var adapterKinds: [String]

  static let all: [CiscoLimits] = [
    CiscoLimits(
      key: "cisco-csr1000v", name: "CSR1000V", classes: ["com.cisco.csr1000v"],
      processors: [1, 2, 4, 8], memory: 2560...8192, adapters: 3...26, serialPorts: 0...2,
      adapterKinds: ["e1000", "virtio", "vmxnet3"]),
    CiscoLimits(
      key: "cisco-iosv", name: "IOSv", classes: ["com.cisco.iosv"], processors: [1],
      memory: 192...3072, adapters: 0...16, serialPorts: 1...2, adapterKinds: ["e1000"]),
    CiscoLimits(
      key: "cisco-ios-xrv", name: "IOS XRv", classes: ["com.cisco.ios-xrv"],
      processors: Set(1...8), memory: 3072...8192, adapters: 1...Int.max, serialPorts: 1...4,
      adapterKinds: ["e1000", "virtio"]),
    CiscoLimits(
      key: "cisco-ios-xrv-rp", name: "IOS XRv route processor", classes: ["com.cisco.ios-xrv.rp"],
      processors: Set(1...8), memory: 3072...8192, adapters: 1...2, serialPorts: 1...4,
      adapterKinds: ["e1000", "virtio"]),
    CiscoLimits(
      key: "cisco-ios-xrv-lc", name: "IOS XRv line card", classes: ["com.cisco.ios-xrv.lc"],
      processors: Set(1...8), memory: 3072...8192, adapters: 1...Int.max, serialPorts: 0...4,
      adapterKinds: ["e1000", "virtio"]),
    CiscoLimits(
      key: "cisco-ios-xrv-9000", name: "IOS XRv 9000",
      classes: ["com.cisco.ios-xrv9000", "com.cisco.ios-xrv64"], processors: Set(1...32),
      memory: 8192...UInt64.max, adapters: 4...Int.max, serialPorts: 1...4,
      adapterKinds: ["e1000", "virtio", "vmxnet3"]),
    CiscoLimits(
      key: "cisco-nexus-9000v", name: "Nexus 9000v", classes: ["com.cisco.n9k"],
      processors: Set(1...4), memory: 8192...UInt64.max, adapters: 1...65, serialPorts: 1...1,
      adapterKinds: ["e1000", "vmxnet3"]),
    CiscoLimits(
      key: "cisco-nx-osv", name: "NX-OSv", classes: ["com.cisco.nx-osv"], processors: Set(1...8),
      memory: 2048...8192, serialPorts: 1...2, adapterKinds: ["e1000", "virtio"]),
    CiscoLimits(
      key: "cisco-c9800-cl", name: "C9800-CL", classes: ["com.cisco.vwlc"],
      processors: [4, 6, 10], memory: 8192...32768, adapters: 1...3, serialPorts: 0...2,
      adapterKinds: ["e1000", "virtio", "vmxnet3"]),
  ]

  /// The condition that the default configuration is outside the limits.
  var condition: TargetCondition {
    let productClass = classes.first ?? ""
    return TargetCondition(
      key, "hardware outside the limits of \(name)", .note,
      "Cisco's own tool calls it unsupported by the product.",
      fix: "Bring the hardware within the limits that are found here.",
      triggering: Self.example(
        productClass, processors: 64, memory: memory.lowerBound, adapters: adapters,
        serialPorts: serialPorts.lowerBound),
      passing: Self.example(
        productClass, processors: processors.min() ?? 1, memory: memory.lowerBound,
        adapters: adapters, serialPorts: serialPorts.lowerBound)
    ) { view in
      view.systems.filter { system in
        // A product beside several machines is of none of them.
        let products = view.systems.count == 1 ? view.envelope.products : system.products
        return products.contains { classes.contains($0.productClass?.text ?? "") }
      }.flatMap { system in
        view.envelope.hardware(of: system, in: view.envelope.defaultConfiguration)
          .map(hits) ?? []
      }
    }
  }

  private func hits(_ hardware: Hardware) -> [Hit] {
    var hits: [Hit] = []
    let place = hardware.section.place
    func item(_ kind: Device.Kind) -> Place {
      hardware.devices.first { $0.kind == kind }?.item.place ?? place
    }
    if let count = hardware.virtualCPUs, !processors.contains(count) {
      let allowed = Self.words(processors)
      hits.append(Hit(item(.processor), found: "CPUs: \(count); \(allowed) for \(name)"))
    }
    if let bytes = hardware.memoryBytes, !memory.contains(bytes >> 20) {
      let allowed = Self.words(memory.lowerBound, memory.upperBound, none: .max)
      hits.append(Hit(item(.memory), found: "\(bytes >> 20) MiB; \(allowed) for \(name)"))
    }
    if !adapters.contains(hardware.networkAdapters.count) {
      let allowed = Self.words(adapters.lowerBound, adapters.upperBound, none: .max)
      hits.append(
        Hit(
          place,
          found: "network adapters: \(hardware.networkAdapters.count); \(allowed) for \(name)"))
    }
    let ports = hardware.devices.count { $0.kind == .other(.serialPort) }
    if !serialPorts.contains(ports) {
      let allowed = Self.words(serialPorts.lowerBound, serialPorts.upperBound, none: .max)
      hits.append(Hit(place, found: "serial ports: \(ports); \(allowed) for \(name)"))
    }
    for adapter in hardware.networkAdapters {
      let kinds = adapter.item.subTypes.map { $0.lowercased() }
      if !kinds.isEmpty, !kinds.contains(where: adapterKinds.contains) {
        hits.append(adapter.item.hit("ResourceSubType"))
      }
    }
    return hits
  }

  private static func words(_ numbers: Set<UInt64>) -> String {
    let sorted = numbers.sorted()
    guard let first = sorted.first, let last = sorted.last, sorted.count > 2,
      last - first == UInt64(sorted.count - 1)
    else { return sorted.map { "\($0)" }.joined(separator: ", ") }
    return "\(first) to \(last)"
  }

  private static func words<Number: FixedWidthInteger>(
    _ least: Number, _ most: Number, none: Number
  ) -> String {
    most == none ? "at least \(least)" : least == most ? "\(least)" : "\(least) to \(most)"
  }

  /// A machine of this class with this hardware.
  private static func example(
    _ productClass: String, processors: UInt64, memory: UInt64, adapters: ClosedRange<Int>,
    serialPorts: Int
  ) -> Example {
    // The sound package has one adapter.
    let more = (1..<max(1, adapters.lowerBound)).map { number in
      Example.item(
        "", ("AutomaticAllocation", "true"), ("Connection", "VM Network"),
        ("ElementName", "Network adapter \(number + 1)"), ("InstanceID", "\(30 + number)"),
        ("ResourceSubType", "E1000"), ("ResourceType", "10"))
    }
    let ports = (0..<serialPorts).map { number in
      Example.item(
        "", ("ElementName", "Serial port \(number)"), ("InstanceID", "\(60 + number)"),
        ("ResourceType", "21"))
    }
    return .edits([
      ("<ProductSection>", "<ProductSection ovf:class=\"\(productClass)\">"),
      ("VirtualQuantity>2<", "VirtualQuantity>\(processors)<"),
      ("VirtualQuantity>2048<", "VirtualQuantity>\(memory)<"), (">VmxNet3<", ">E1000<"),
      (Example.hardwareEnd, (more + ports).joined() + Example.hardwareEnd),
    ])
  }
}

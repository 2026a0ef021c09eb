import OVABasics
import OVAPackage
import OVFDescriptor

extension DeploymentSpec {
  /// Values for variables, named as the arguments of `vsphere_virtual_machine` that they are for.
  func terraformText() -> String {
    var lines = [
      "# For the arguments of a vsphere_virtual_machine of the same names; the map ovf_deploy has",
      "# the arguments of its block ovf_deploy, vapp_properties is vapp's properties.", "",
    ]
    lines += Self.assignments([("name", Self.hcl(name ?? ""))] + machine)
    lines += ["", "ovf_deploy = {"]
    var deploy = [
      ("local_ovf_path", Self.hcl(package.path)), ("disk_provisioning", Self.hcl("thin")),
      ("ip_allocation_policy", Self.hcl("DHCP")), ("ip_protocol", Self.hcl("IPV4")),
    ]
    if let option { deploy.insert(("deployment_option", Self.hcl(option)), at: 1) }
    lines += Self.assignments(deploy, indent: "  ")
    lines += Self.map(
      "ovf_network_map", networks.map { (Self.hcl($0), Self.hcl("")) }, indent: "  ")
    lines += ["}", ""]
    lines.append("vapp_properties = {")
    for property in properties {
      lines.append("  # \(comment(property))")
      lines.append("  \(Self.hcl(property.fullKey)) = \(Self.hcl(property.value ?? ""))")
    }
    lines.append("}")
    return lines.map { $0 + "\n" }.joined()
  }

  /// The first machine's hardware, as far as it can be determined and the provider has arguments
  /// for it.
  private var machine: [(String, String)] {
    guard let system = envelope.virtualSystems.first,
      let hardware = envelope.hardware(of: system, in: option)
    else { return [] }
    var pairs: [(String, String)] = []
    func add(_ name: String, _ value: String?) {
      if let value { pairs.append((name, value)) }
    }
    func add(_ name: String, flag: Bool?) { add(name, flag.map { $0 ? "true" : "false" }) }
    add("num_cpus", hardware.virtualCPUs.map { "\($0)" })
    add("num_cores_per_socket", coresPerSocket(hardware))
    add("cpu_hot_add_enabled", flag: hardware.processorHotAdd)
    add("cpu_hot_remove_enabled", flag: hardware.processorHotRemove)
    add("memory", hardware.memoryBytes.map { "\($0 >> 20)" })
    add("memory_hot_add_enabled", flag: hardware.memoryHotAdd)
    add("guest_id", system.operatingSystem?.vmwareType.map { Self.hcl($0.text) })
    add("firmware", hardware.firmware.map(Self.hcl))
    add("efi_secure_boot_enabled", flag: hardware.secureBoot)
    add("nested_hv_enabled", flag: hardware.nestedVirtualization)
    add("scsi_type", scsiType(hardware).map(Self.hcl))
    for (name, bus) in [("scsi", Device.Bus.scsi), ("sata", .sata), ("ide", .ide), ("nvme", .nvme)]
    {
      let count = hardware.controllers.count { $0.kind == .controller(bus) }
      if count > 0 { add("\(name)_controller_count", "\(count)") }
    }
    return pairs
  }

  /// The number of cores that the processors can be divided by; the provider refuses others.
  private func coresPerSocket(_ hardware: Hardware) -> String? {
    guard let cores = hardware.coresPerSocket?.value, cores > 0, let count = hardware.virtualCPUs,
      count % cores == 0
    else { return nil }
    return "\(cores)"
  }

  /// The provider's name of the SCSI controllers' type: of alternatives the first that it has; nil
  /// where controllers of several types or of none that it has are described.
  private func scsiType(_ hardware: Hardware) -> String? {
    let types = hardware.controllers.filter { $0.kind == .controller(.scsi) }.map { device in
      device.item.subTypes.lazy.compactMap { type -> String? in
        switch type.lowercased() {
        case "lsilogic": "lsilogic"
        case "lsilogicsas": "lsilogic-sas"
        case "virtualscsi", "pvscsi": "pvscsi"
        default: nil
        }
      }.first
    }
    let distinct = Set(types)
    return distinct.count == 1 ? distinct.first ?? nil : nil
  }

  private static func map(
    _ name: String, _ pairs: [(String, String)], indent: String
  ) -> [String] {
    guard !pairs.isEmpty else { return ["\(indent)\(name) = {}"] }
    return ["\(indent)\(name) = {"] + assignments(pairs, indent: indent + "  ") + ["\(indent)}"]
  }

  /// Assignments with their equals signs in one column, as `terraform fmt` has it.
  private static func assignments(_ pairs: [(String, String)], indent: String = "") -> [String] {
    let width = pairs.map(\.0.unicodeScalars.count).max() ?? 0
    return pairs.map { key, value in
      let fill = String(repeating: " ", count: width - key.unicodeScalars.count)
      return "\(indent)\(key)\(fill) = \(value)"
    }
  }

  /// A quoted string of Terraform's language, in which `${` and `%{` would start a template.
  private static func hcl(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case let scalar where scalar.value < 0x20:
        result += "\\u" + Hex.text(number: scalar.value, digits: 4)
      default: result.unicodeScalars.append(scalar)
      }
    }
    return "\"" + result.replacing("${", with: "$${").replacing("%{", with: "%%{") + "\""
  }
}

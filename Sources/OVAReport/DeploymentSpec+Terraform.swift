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

  /// The first machine's hardware, as far as it can be told.
  private var machine: [(String, String)] {
    guard let system = envelope.virtualSystems.first,
      let hardware = envelope.hardware(of: system, in: option)
    else { return [] }
    var pairs: [(String, String)] = []
    if let count = hardware.virtualCPUs { pairs.append(("num_cpus", "\(count)")) }
    if let bytes = hardware.memoryBytes { pairs.append(("memory", "\(bytes >> 20)")) }
    if let guest = system.operatingSystem?.vmwareType?.text {
      pairs.append(("guest_id", Self.hcl(guest)))
    }
    if let firmware = hardware.firmware { pairs.append(("firmware", Self.hcl(firmware))) }
    return pairs
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
        let hex = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
      default: result.unicodeScalars.append(scalar)
      }
    }
    return "\"" + result.replacing("${", with: "$${").replacing("%{", with: "%%{") + "\""
  }
}

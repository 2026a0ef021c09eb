import OVABasics
import OVFDescriptor

extension DeploymentSpec {
  /// The options of `govc import.ova -options FILE`.
  func govcJSON() -> JSON {
    var members: [(key: String, value: JSON)] = []
    if let option { members.append(("Deployment", .string(option))) }
    members += [
      ("DiskProvisioning", "flat"), ("IPAllocationPolicy", "dhcpPolicy"), ("IPProtocol", "IPv4"),
      (
        "PropertyMapping",
        .list(properties) { ["Key": .string($0.fullKey), "Value": .string(govcValue($0))] }
      ),
      (
        "NetworkMapping",
        .list(networks) { ["Name": .string($0), "Network": ""] }
      ),
      ("Annotation", .string(annotation ?? "")), ("MarkAsTemplate", .bool(false)),
      ("PowerOn", .bool(false)), ("InjectOvfEnv", .bool(false)), ("WaitForIP", .bool(false)),
      ("Name", .text(name)),
    ]
    return .object(members)
  }

  /// vSphere takes booleans only as `True` and `False`.
  private func govcValue(_ property: DeploymentProperty) -> String {
    let value = property.value ?? ""
    guard property.type == "boolean" else { return value }
    switch value.lowercased() {
    case "true", "1": return "True"
    case "false", "0": return "False"
    default: return value
    }
  }
}

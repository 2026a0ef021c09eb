import OVABasics
import OVAPolicy

/// Reads the section `policy`.
struct PolicyReading {
  private let section: Section

  init(_ node: ConfigurationNode) throws(ConfigurationError) {
    section = try Section(node, named: "policy", keys: ConfigurationKey.names(in: "policy"))
  }

  func policy() throws(ConfigurationError) -> PackagePolicy {
    var policy = PackagePolicy()
    policy.required = try required()
    policy.name = try name()
    if let node = section.node("limits") { policy.limits = try limits(node) }
    policy.networks = try patterns("networks")
    policy.families = try patterns("families")
    policy.producers = try patterns("producers")
    policy.firmware = try patterns("firmware")
    policy.signers = try patterns("signers")
    return policy
  }

  private func required() throws(ConfigurationError) -> [PackagePolicy.Field] {
    var fields: [PackagePolicy.Field] = []
    for (text, place) in try section.placedTexts("required") {
      guard let field = PackagePolicy.Field(rawValue: text) else {
        let known = PackagePolicy.Field.allCases.map(\.rawValue).joined(separator: ", ")
        throw section.wrong(
          "required", "holds '\(text.inert)', which is not one of \(known)", at: place)
      }
      if !fields.contains(field) { fields.append(field) }
    }
    return fields
  }

  private func name() throws(ConfigurationError) -> NameExpression? {
    guard let text = try section.filledText("name") else { return nil }
    do throws(NameExpression.Fault) {
      return try NameExpression(text)
    } catch {
      throw section.wrong("name", "is not a regular expression: \(error.reason.inert)")
    }
  }

  /// A list of patterns; nil when the key is left out. An empty list would allow nothing.
  private func patterns(_ key: String) throws(ConfigurationError) -> [NamePattern]? {
    guard section.has(key) else { return nil }
    let texts = try section.texts(key)
    guard !texts.isEmpty else {
      throw section.wrong(key, "is empty, so that it would allow nothing")
    }
    return texts.map(NamePattern.init)
  }

  private func limits(_ node: ConfigurationNode) throws(ConfigurationError) -> PackagePolicy.Limits
  {
    let section = try Section(
      node, named: "policy.limits", keys: ConfigurationKey.names(in: "policy.limits"))
    var limits = PackagePolicy.Limits()
    limits.virtualCPUs = try section.number("vcpus", in: 1...100_000).map { UInt64($0) }
    limits.disks = try section.number("disks", in: 0...100_000)
    limits.memory = try bytes("memory", in: section)
    limits.capacity = try bytes("capacity", in: section)
    return limits
  }

  private func bytes(_ key: String, in section: Section) throws(ConfigurationError) -> UInt64? {
    guard let text = try section.filledText(key) else { return nil }
    guard let bytes = ByteSize(text) else {
      throw section.wrong(key, "is not a size such as 64GiB or 2TB")
    }
    return bytes.bytes
  }
}

import OVABasics
import OVAPolicy

/// Reads the section `policy`.
struct PolicyReading {
  private let section: Section

  init(_ node: ConfigurationNode, _ problems: ConfigurationProblems) {
    section = Section(
      node, named: "policy", keys: ConfigurationKey.names(in: "policy"), problems)
  }

  func policy() -> PackagePolicy {
    var policy = PackagePolicy()
    policy.required = required()
    policy.name = name()
    if let node = section.node("limits") { policy.limits = limits(node) }
    policy.networks = patterns("networks")
    policy.families = patterns("families")
    policy.producers = patterns("producers")
    policy.firmware = patterns("firmware")
    policy.signers = patterns("signers")
    return policy
  }

  private func required() -> [PackagePolicy.Field] {
    var fields: [PackagePolicy.Field] = []
    for (text, place) in section.placedTexts("required") {
      guard let field = PackagePolicy.Field(rawValue: text) else {
        let known = PackagePolicy.Field.allCases.map(\.rawValue).joined(separator: ", ")
        section.wrong(
          "required", "holds '\(text.quotable)', which is not one of \(known)", at: place)
        continue
      }
      if !fields.contains(field) { fields.append(field) }
    }
    return fields
  }

  private func name() -> NameExpression? {
    guard let text = section.filledText("name") else { return nil }
    do throws(NameExpression.Fault) {
      return try NameExpression(text)
    } catch {
      section.wrong("name", "is not a regular expression: \(error.reason.forDisplay)")
      return nil
    }
  }

  /// A list of patterns; nil when the key is left out. An empty list would allow nothing.
  private func patterns(_ key: String) -> [NamePattern]? {
    guard let node = section.node(key) else { return nil }
    if case .list(let list) = node.value, list.isEmpty {
      section.wrong(key, "is empty, so that it would allow nothing")
    }
    return section.placedTexts(key).compactMap { text, place in
      guard !text.isEmpty else {
        section.wrong(key, "holds an empty pattern, which no name matches", at: place)
        return nil
      }
      return NamePattern(text)
    }
  }

  private func limits(_ node: ConfigurationNode) -> PackagePolicy.Limits {
    let section = Section(
      node, named: "policy.limits", keys: ConfigurationKey.names(in: "policy.limits"),
      section.problems)
    var limits = PackagePolicy.Limits()
    limits.virtualCPUs = section.number("vcpus", in: 1...100_000).map { UInt64($0) }
    limits.disks = section.number("disks", in: 0...100_000)
    limits.memory = bytes("memory", in: section)
    limits.capacity = bytes("capacity", in: section)
    return limits
  }

  private func bytes(_ key: String, in section: Section) -> UInt64? {
    guard let text = section.filledText(key) else { return nil }
    guard let bytes = ByteSize(text) else {
      section.wrong(key, "is not a size such as 64GiB or 2TB")
      return nil
    }
    return bytes.bytes
  }
}

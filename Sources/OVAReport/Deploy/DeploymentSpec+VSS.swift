import OVABasics
import OVFDescriptor

extension DeploymentSpec {
  /// Writes the text that `vss-cli ovf get FILE params-spec` writes, with the values filled in and
  /// a comment each.
  func vssText() -> String {
    var lines: [String] = []
    if !properties.isEmpty {
      lines.append("PropertyParams:")
      var seen: Set<[UInt8]> = []
      for property in properties {
        // The client knows bare keys; a second product's key of the same name needs its full one.
        let isNew = seen.insert(Array(property.key.utf8)).inserted
        lines.append("  # \(comment(property))")
        lines.append(
          "  \(Self.quoted(isNew ? property.key : property.fullKey)): "
            + Self.quoted(property.value ?? ""))
      }
    }
    if !envelope.deploymentOptions.isEmpty {
      lines.append("DeploymentOptionParams:")
      for option in envelope.deploymentOptions {
        let label = text(option.label).map { ": \($0.firstLine.forDisplay)" } ?? ""
        lines.append("  # \((option.id?.text ?? "?").forDisplay)\(label)")
      }
      lines.append("  \"selected_key\": \(Self.quoted(option ?? ""))")
    }
    // An empty mapping, not an empty document.
    return lines.isEmpty ? "{}\n" : lines.map { $0 + "\n" }.joined()
  }
}

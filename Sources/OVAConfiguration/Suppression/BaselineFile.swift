import OVABasics
package import OVAPolicy

/// The file of findings that were known at a time.
package enum BaselineFile {
  /// Reads a file: JSON, of which YAML is a superset, so that errors name lines.
  package static func read(
    _ file: String, workingFolder: String
  ) throws(ConfigurationError) -> Baseline {
    do throws(ConfigurationError) {
      let text = try ConfigurationFiles.text(of: file)
      guard let root = try ConfigurationNode(yaml: text, file: file) else {
        throw ConfigurationError(
          code: .malformed, reason: "the file is empty", place: Place(file, line: 1),
          fix: "write one with --write-baseline")
      }
      let section = try Section(root, named: "the file", keys: ["schema", "findings"])
      let schema = try section.neededText("schema")
      // Additions raise the second number.
      guard schema.split(separator: ".").first == Baseline.schema.split(separator: ".").first else {
        throw section.wrong(
          "schema", "is '\(schema.inert)', and not that of a baseline, '\(Baseline.schema)'")
      }
      var fingerprints: Set<FindingFingerprint> = []
      for node in try section.nodes("findings") {
        fingerprints.insert(try fingerprint(node))
      }
      return Baseline(
        file: file,
        base: BasePath(ofFile: file, workingFolder: workingFolder),
        fingerprints: fingerprints)
    } catch {
      throw error.whileDoing("follow the baseline")
    }
  }

  private static func fingerprint(
    _ node: ConfigurationNode
  ) throws(ConfigurationError) -> FindingFingerprint {
    let section = try Section(
      node, named: "findings", keys: ["fingerprint", "rule", "file", "message"])
    guard let fingerprint = FindingFingerprint(try section.neededText("fingerprint")) else {
      throw section.wrong("fingerprint", "is not 32 hexadecimal digits")
    }
    return fingerprint
  }
}

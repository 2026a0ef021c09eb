import OVABasics
package import OVAPolicy

/// The file of findings that were known at a time.
package enum BaselineFile {
  /// Reads a file: JSON, of which YAML is a superset, so that errors name lines.
  package static func read(
    _ file: String, workingFolder: String
  ) throws(ConfigurationErrors) -> Baseline {
    do throws(ConfigurationErrors) {
      let root = try ConfigurationFiles.root(of: file, shown: file)
      let problems = ConfigurationProblems()
      var entries: [Baseline.Entry] = []
      if let root {
        let section = Section(root, named: nil, keys: ["schema", "findings"], problems)
        // What another document holds is no list of findings.
        if isBaseline(section) {
          entries = section.nodes("findings").compactMap { entry($0, problems) }
        }
      } else {
        problems.add(
          ConfigurationError(
            code: .malformed, reason: "the file is empty", place: Place(file, line: 1),
            fix: "write one with --write-baseline"))
      }
      try problems.end()
      return Baseline(
        file: file, base: BasePath(ofFile: file, workingFolder: workingFolder), entries: entries)
    } catch {
      throw error.whileDoing("follow the baseline")
    }
  }

  private static func isBaseline(_ section: Section) -> Bool {
    guard let schema = section.neededText("schema") else { return false }
    // Additions raise the second number.
    guard schema.split(separator: ".").first == Baseline.schema.split(separator: ".").first else {
      section.wrong(
        "schema", "is '\(schema.quotable)', and not that of a baseline, '\(Baseline.schema)'")
      return false
    }
    return true
  }

  private static func entry(
    _ node: ConfigurationNode, _ problems: ConfigurationProblems
  ) -> Baseline.Entry? {
    let section = Section(
      node, named: "findings", keys: ["fingerprint", "rule", "file", "message"], problems)
    guard let text = section.neededText("fingerprint") else { return nil }
    guard let fingerprint = FindingFingerprint(text) else {
      section.wrong("fingerprint", "is not 32 hexadecimal digits")
      return nil
    }
    return Baseline.Entry(
      fingerprint: fingerprint, rule: section.text("rule") ?? "",
      file: section.text("file") ?? "", message: section.text("message") ?? "",
      place: section.place)
  }
}

import OVABasics
package import OVAPolicy
import OVATime

/// The file of accepted findings.
package enum IgnoreFile {
  /// The name that is looked for.
  package static let name = ".ovaignore.yaml"

  /// The file that holds for a run: the nearest from the working folder upward; nil where there is
  /// none. Files beside packages are not followed: whoever made a package could accept its faults.
  /// - Parameter workingFolder: from the root of the file system.
  package static func nearest(from workingFolder: String) -> String? {
    ConfigurationSearch.nearest(name, from: workingFolder)
  }

  /// Reads a file.
  /// - Parameters:
  ///   - file: its path.
  ///   - shown: what messages call it.
  package static func read(
    _ file: String, shown: String? = nil, workingFolder: String
  ) throws(ConfigurationErrors) -> IgnoreList {
    do throws(ConfigurationErrors) {
      let name = shown ?? file
      let root = try ConfigurationFiles.root(of: file, shown: name)
      let base = BasePath(ofFile: file, workingFolder: workingFolder)
      guard let root else { return IgnoreList(file: name, base: base, entries: []) }
      let problems = ConfigurationProblems()
      let section = Section(root, named: nil, keys: ["ignore"], problems)
      let entries = section.nodes("ignore").compactMap { entry($0, base, problems) }
      try problems.end()
      return IgnoreList(file: name, base: base, entries: entries)
    } catch {
      throw error.whileDoing("follow the ignore file")
    }
  }

  private static func entry(
    _ node: ConfigurationNode, _ base: BasePath, _ problems: ConfigurationProblems
  ) -> IgnoreList.Entry? {
    let section = Section(
      node, named: "ignore", keys: ["rule", "path", "reason", "expires"], problems)
    let rule = rule(section)
    let reason = section.neededText("reason")
    if let reason, reason.allSatisfy(\.isWhitespace) { section.wrong("reason", "is blank") }
    let expires = section.filledText("expires").flatMap { text -> CalendarDay? in
      let day = CalendarDay(text)
      if day == nil {
        section.wrong("expires", "is '\(text.quotable)', which is no day such as 2027-03-01")
      }
      return day
    }
    let path = section.filledText("path").flatMap { text -> IgnorePath? in
      let path = IgnorePath(text, from: base)
      if path == nil {
        section.wrong("path", "is '\(text.quotable)', in which '..' leads up from a pattern")
      }
      return path
    }
    guard let rule, let reason else { return nil }
    return IgnoreList.Entry(
      rule: rule, path: path, reason: reason, expires: expires, place: section.place)
  }

  private static func rule(_ section: Section) -> RuleName? {
    guard let text = section.neededText("rule") else { return nil }
    do throws(RuleName.Fault) {
      return try RuleName(text)
    } catch {
      section.wrong("rule", "is unknown: \(error.reason)")
      return nil
    }
  }
}

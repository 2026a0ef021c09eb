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
  ) throws(ConfigurationError) -> IgnoreList {
    let doing = "follow the ignore file"
    do throws(ConfigurationError) {
      let name = shown ?? file
      let text = try ConfigurationFiles.text(of: file)
      let root = try ConfigurationNode(yaml: text, file: name)
      let base = BasePath(ofFile: file, workingFolder: workingFolder)
      guard let root else { return IgnoreList(file: name, base: base, entries: []) }
      let section = try Section(root, named: "the file", keys: ["ignore"])
      var entries: [IgnoreList.Entry] = []
      for node in try section.nodes("ignore") { entries.append(try entry(node)) }
      return IgnoreList(file: name, base: base, entries: entries)
    } catch {
      throw error.whileDoing(doing)
    }
  }

  private static func entry(_ node: ConfigurationNode) throws(ConfigurationError)
    -> IgnoreList.Entry
  {
    let section = try Section(node, named: "ignore", keys: ["rule", "path", "reason", "expires"])
    let text = try section.neededText("rule")
    let rule: RuleName
    do throws(RuleName.Fault) {
      rule = try RuleName(text)
    } catch {
      throw section.wrong("rule", "is unknown: \(error.reason)")
    }
    let reason = try section.neededText("reason")
    guard reason.contains(where: { !$0.isWhitespace }) else {
      throw section.wrong("reason", "is blank")
    }
    var expires: CalendarDay?
    if let text = try section.filledText("expires") {
      guard let day = CalendarDay(text) else {
        throw section.wrong("expires", "is '\(text.inert)', which is no day such as 2027-03-01")
      }
      expires = day
    }
    return IgnoreList.Entry(
      rule: rule, path: try section.filledText("path").map(PathPattern.init), reason: reason,
      expires: expires, place: section.place)
  }
}

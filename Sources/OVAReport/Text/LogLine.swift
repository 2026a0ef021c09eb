import OVABasics

/// Lines that go to the log of a build machine.
extension String {
  /// A line that no build machine takes for a command: neither the workflow commands of GitHub and
  /// Gitea (`::error::`, `##[group]`), nor the logging commands of Azure Pipelines and TeamCity
  /// (`##vso[…]`, `##teamcity[…]`).
  ///
  /// `##` is read anywhere in a line, `::` at its beginning behind white space. Scalar by scalar: a
  /// mark that combines with a bracket makes another character of it, and not another command.
  package var withoutCommands: String {
    guard utf8.contains(UInt8(ascii: "#")) || utf8.contains(UInt8(ascii: ":")) else { return self }
    let scalars = Array(unicodeScalars)
    var result = String.UnicodeScalarView()
    var isAtBeginning = true
    for (index, scalar) in scalars.enumerated() {
      let rest = scalars[index...]
      let isCommand =
        scalar == "#" && Self.marks.contains { rest.starts(with: $0.unicodeScalars) }
        || isAtBeginning && rest.starts(with: "::".unicodeScalars)
      if isCommand {
        result.append(contentsOf: scalar.escape.unicodeScalars)
      } else {
        result.append(scalar)
      }
      if !scalar.properties.isWhitespace { isAtBeginning = false }
    }
    return String(result)
  }

  private static let marks = ["##[", "##vso[", "##teamcity["]
}

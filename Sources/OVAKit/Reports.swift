import OVABasics
import OVAReport

extension Package {
  /// Writes everything that was read of the package as JSON in UTF-8, in the format
  /// `ovakit/inspect`.
  /// - Parameters:
  ///   - locale: the language of texts that the package has in several, such as `de-CH`.
  ///   - pretty: whether it is indented and ends with a line feed; one line otherwise.
  public func json(locale: String? = nil, pretty: Bool = false) -> [UInt8] {
    let document = InspectionJSON(self, locale: locale).json()
    return pretty ? document.pretty() : document.bytes()
  }

  /// Writes what the package is as `ova inspect` prints it, without colors.
  /// - Parameters:
  ///   - locale: the language of texts that the package has in several, such as `de-CH`.
  ///   - isVerbose: whether properties, licenses, settings and all files are written too.
  public func text(locale: String? = nil, isVerbose: Bool = false) -> String {
    InspectionText(self, style: .plain, locale: locale, isVerbose: isVerbose).text()
  }
}

extension Rule {
  /// Explains the rule in plain text: what is checked, why it matters, how to fix it, examples.
  /// - Parameter width: the longest line, in characters.
  public func explanation(width: Int = 80) -> String {
    RulePage(self).text(style: .plain, width: width)
  }

  /// Explains the rule in Markdown; headings begin at the third level.
  public func markdown() -> String { RulePage(self).markdown() }
}

extension Finding {
  /// Looks up the rule that made the finding; nil for one of another version of this library.
  public var definition: Rule? { Rule.named(rule) ?? Rule.retired[rule].flatMap(Rule.named) }
}

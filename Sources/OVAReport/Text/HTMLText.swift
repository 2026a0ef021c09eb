import OVABasics

/// A piece of an HTML document, in which text is always escaped: what is not made here is not
/// markup.
struct HTMLText: Sendable {
  /// The document's text.
  let markup: String

  private init(markup: String) { self.markup = markup }

  /// Text, which is made safe to show and escaped.
  static func text(_ text: String) -> HTMLText { HTMLText(markup: text.forDisplay.markupEscaped) }

  /// An element with attributes, whose values are escaped, and what is in it.
  static func element(
    _ name: StaticString, _ attributes: KeyValuePairs<StaticString, String> = [:],
    _ content: [HTMLText] = []
  ) -> HTMLText {
    let written = attributes.map { " \($0.key)=\"\($0.value.forDisplay.markupEscaped)\"" }.joined()
    return HTMLText(markup: "<\(name)\(written)>" + content.map(\.markup).joined() + "</\(name)>")
  }

  /// An element with a text in it.
  static func element(
    _ name: StaticString, _ attributes: KeyValuePairs<StaticString, String> = [:],
    _ content: String
  ) -> HTMLText {
    element(name, attributes, [text(content)])
  }

  /// A text of ours in which back-ticks hold code.
  static func own(_ text: String) -> HTMLText {
    joined(
      text.split(separator: "`", omittingEmptySubsequences: false).enumerated().map {
        index, part in
        index.isMultiple(of: 2) ? .text(String(part)) : element("code", [:], String(part))
      })
  }

  /// Pieces one after the other.
  static func joined(_ parts: [HTMLText]) -> HTMLText {
    HTMLText(markup: parts.map(\.markup).joined())
  }

  /// A whole document that runs no scripts and loads nothing.
  /// - Parameter style: our style sheet.
  static func page(title: String, style: StaticString, _ body: [HTMLText]) -> String {
    let style = "\(style)"
    let policy =
      "default-src 'none'; style-src '\(AuditPage.digest(of: style))'; base-uri 'none'; "
      + "form-action 'none'"
    let head = joined([
      HTMLText(
        markup: "<meta charset=\"utf-8\"><meta name=\"viewport\" "
          + "content=\"width=device-width, initial-scale=1\">"
          + "<meta http-equiv=\"Content-Security-Policy\" content=\"\(policy)\">"),
      element("title", [:], title), HTMLText(markup: "<style>\(style)</style>"),
    ])
    return "<!DOCTYPE html>\n"
      + element("html", ["lang": "en"], [element("head", [:], [head]), element("body", [:], body)])
      .markup + "\n"
  }
}

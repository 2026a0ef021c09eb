import Mustache
import OVABasics

/// Escapes text in templates. The library's own way goes by Swift's characters, to which a quote
/// with a combining mark behind it is no quote.
package enum Markup: MustacheContentType {
  case html

  /// The first line of a template whose texts are to be escaped in this way.
  package static let pragma = "{{% CONTENT_TYPE: OVAHTML}}"

  /// Makes the pragma known; once is enough, more does no harm.
  package static func register() { MustacheContentTypes.register(html, named: "OVAHTML") }

  /// A text of ours in which back-ticks hold code, in parts of `text` or `code`.
  package static func codeParts(_ text: String) -> [[String: Any]] {
    let parts = text.forDisplay.split(separator: "`", omittingEmptySubsequences: false)
    return parts.enumerated().compactMap { index, part in
      // The last of an even number follows a back-tick that nothing closes.
      let isCode = index % 2 == 1 && index + 1 < parts.count
      if part.isEmpty { return nil }
      return isCode ? ["code": String(part)] : ["text": (index % 2 == 1 ? "`" : "") + part]
    }
  }

  package func escapeText(_ text: String) -> String { text.markupEscaped }
}

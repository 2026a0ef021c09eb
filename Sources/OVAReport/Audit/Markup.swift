import Mustache
import OVABasics

/// How templates write text into pages. The library's own way goes by Swift's characters, to which
/// a quote with a combining mark behind it is no quote.
package enum Markup: MustacheContentType {
  case html

  /// What a template begins with whose texts are to be escaped so.
  package static let pragma = "{{% CONTENT_TYPE: OVAHTML}}"

  /// Makes the pragma known; once is enough, more does no harm.
  package static func register() { MustacheContentTypes.register(html, named: "OVAHTML") }

  package func escapeText(_ text: String) -> String { text.markupEscaped }
}

/// Colors and emphasis of a terminal; plain where they are not wanted.
package struct Style: Sendable {
  private let isOn: Bool

  /// Text as it is.
  package static let plain = Style(isOn: false)
  /// Text with ANSI colors.
  package static let colored = Style(isOn: true)

  /// True if text stays as it is.
  package var isPlain: Bool { !isOn }

  package func bold(_ text: String) -> String { wrap(text, "1") }
  package func dim(_ text: String) -> String { wrap(text, "2") }
  package func red(_ text: String) -> String { wrap(text, "31") }
  package func yellow(_ text: String) -> String { wrap(text, "33") }
  package func cyan(_ text: String) -> String { wrap(text, "36") }
  package func green(_ text: String) -> String { wrap(text, "32") }
  /// A part of a text that differs from what it is compared with.
  package func marked(_ text: String) -> String { wrap(text, "1;7") }

  private func wrap(_ text: String, _ code: String) -> String {
    isOn ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }
}

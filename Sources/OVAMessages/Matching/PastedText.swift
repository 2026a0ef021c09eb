/// Takes out of a pasted text what terminals, web pages and JSON put into it.
enum PastedText {
  /// The text with entities and escapes of JSON replaced by what they stand for, and without
  /// escape sequences of terminals.
  static func plain(_ text: String) -> String {
    var text = text
    if text.utf8.count > MessageSearch.longestText {
      text = String(decoding: text.utf8.prefix(MessageSearch.longestText), as: UTF8.self)
    }
    text = withoutTerminalSequences(text)
    // A page that was quoted in another page has entities of entities.
    for _ in 0..<2 where text.contains("&") { text = withoutEntities(text) }
    return withoutEscapes(text)
  }

  private static func withoutTerminalSequences(_ text: String) -> String {
    guard text.unicodeScalars.contains("\u{1B}") else { return text }
    var result = String.UnicodeScalarView()
    var rest = text.unicodeScalars[...]
    while let scalar = rest.popFirst() {
      guard scalar == "\u{1B}" else {
        result.append(scalar)
        continue
      }
      guard rest.first == "[" else { continue }
      rest = rest.dropFirst().drop { $0.value < 0x40 || $0.value > 0x7E }.dropFirst()
    }
    return String(result)
  }

  private static func withoutEntities(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    var rest = text.unicodeScalars[...]
    while let scalar = rest.popFirst() {
      if scalar == "&", let end = rest.prefix(10).firstIndex(of: ";"),
        let meant = entity(String(rest[..<end]))
      {
        result.append(meant)
        rest = rest[end...].dropFirst()
      } else {
        result.append(scalar)
      }
    }
    return String(result)
  }

  private static func entity(_ name: String) -> Unicode.Scalar? {
    if name.hasPrefix("#x") || name.hasPrefix("#X") {
      return UInt32(name.dropFirst(2), radix: 16).flatMap(Unicode.Scalar.init)
    }
    if name.hasPrefix("#") { return UInt32(name.dropFirst()).flatMap(Unicode.Scalar.init) }
    return named[name]
  }

  private static let named: [String: Unicode.Scalar] = [
    "lt": "<", "gt": ">", "amp": "&", "quot": "\"", "apos": "'", "nbsp": "\u{A0}",
    "lsquo": "‘", "rsquo": "’", "ldquo": "“", "rdquo": "”", "bdquo": "„", "hellip": "…",
  ]

  /// A line feed that JSON or a log writes as `\n` is a blank; of others the backslash goes.
  private static func withoutEscapes(_ text: String) -> String {
    guard text.unicodeScalars.contains("\\") else { return text }
    var result = String.UnicodeScalarView()
    var rest = text.unicodeScalars[...]
    while let scalar = rest.popFirst() {
      guard scalar == "\\", let next = rest.first else {
        result.append(scalar)
        continue
      }
      switch next {
      case "n", "r", "t":
        result.append("\n")
        rest = rest.dropFirst()
      case "u":
        let digits = rest.dropFirst().prefix(4)
        if digits.count == 4, let value = UInt32(String(digits), radix: 16),
          let meant = Unicode.Scalar(value)
        {
          result.append(meant)
          rest = rest.dropFirst(5)
        } else {
          result.append(" ")
        }
      default: result.append(" ")
      }
    }
    return String(result)
  }
}

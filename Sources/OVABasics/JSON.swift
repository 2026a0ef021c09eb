/// A JSON document in the making: keys stay in the order given, null is written where it is meant.
package enum JSON: Sendable, Hashable {
  case null
  case bool(Bool)
  case integer(Int64)
  case unsigned(UInt64)
  /// A number with a fraction, as its text.
  case decimal(String)
  case string(String)
  case array([JSON])
  case object([(key: String, value: JSON)])

  package static func == (a: JSON, b: JSON) -> Bool { a.bytes() == b.bytes() }
  package func hash(into hasher: inout Hasher) { hasher.combine(bytes()) }

  /// A string, or null.
  package static func text(_ text: String?) -> JSON { text.map(JSON.string) ?? .null }
  /// A number, or null.
  package static func number(_ number: UInt64?) -> JSON { number.map(JSON.unsigned) ?? .null }
  /// A number, or null.
  package static func number(_ number: Int?) -> JSON { number.map { .integer(Int64($0)) } ?? .null }
  /// A flag, or null.
  package static func flag(_ flag: Bool?) -> JSON { flag.map(JSON.bool) ?? .null }
  /// Strings.
  package static func texts(_ texts: some Sequence<String>) -> JSON {
    .array(texts.map(JSON.string))
  }
  /// What `make` makes of each element.
  package static func list<Element>(
    _ elements: some Sequence<Element>, _ make: (Element) -> JSON
  ) -> JSON {
    .array(elements.map(make))
  }

  /// The document on one line, in UTF-8.
  package func bytes() -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(4096)
    append(to: &bytes, indent: nil)
    return bytes
  }

  /// The document for people: two blanks a level, a line feed at the end.
  package func pretty() -> [UInt8] {
    var bytes: [UInt8] = []
    append(to: &bytes, indent: 0)
    bytes.append(UInt8(ascii: "\n"))
    return bytes
  }

  private func append(to bytes: inout [UInt8], indent: Int?) {
    switch self {
    case .null: bytes.append(contentsOf: "null".utf8)
    case .bool(let flag): JSONBytes.append(flag, to: &bytes)
    case .integer(let number): JSONBytes.append(number, to: &bytes)
    case .unsigned(let number): JSONBytes.append(number, to: &bytes)
    case .decimal(let text): bytes.append(contentsOf: text.utf8)
    case .string(let text): JSONBytes.append(text, to: &bytes)
    case .array(let elements):
      Self.append(elements, "[", "]", indent, to: &bytes) { element, inner, bytes in
        element.append(to: &bytes, indent: inner)
      }
    case .object(let members):
      Self.append(members, "{", "}", indent, to: &bytes) { member, inner, bytes in
        JSONBytes.append(member.key, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        if inner != nil { bytes.append(UInt8(ascii: " ")) }
        member.value.append(to: &bytes, indent: inner)
      }
    }
  }

  private static func append<Element>(
    _ elements: [Element], _ open: Unicode.Scalar, _ close: Unicode.Scalar, _ indent: Int?,
    to bytes: inout [UInt8], one: (Element, Int?, inout [UInt8]) -> Void
  ) {
    bytes.append(UInt8(ascii: open))
    let inner = indent.map { $0 + 2 }
    for (index, element) in elements.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      if let inner { newLine(inner, to: &bytes) }
      one(element, inner, &bytes)
    }
    if let indent, !elements.isEmpty { newLine(indent, to: &bytes) }
    bytes.append(UInt8(ascii: close))
  }

  private static func newLine(_ indent: Int, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\n"))
    bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: indent))
  }
}

extension JSON: ExpressibleByDictionaryLiteral {
  /// An object with its keys in the order written.
  package init(dictionaryLiteral elements: (String, JSON)...) {
    self = .object(elements.map { (key: $0.0, value: $0.1) })
  }
}

extension JSON: ExpressibleByStringLiteral {
  /// A string.
  package init(stringLiteral value: String) { self = .string(value) }
}

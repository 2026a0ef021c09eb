/// A JSON document in the making: keys stay in the order given, null is written where it is meant.
///
/// Arrays and objects are written out as they are made, so that a document of many small parts
/// never stands as a tree.
package enum JSON: Sendable, Hashable {
  case null
  case bool(Bool)
  case integer(Int64)
  case unsigned(UInt64)
  /// A number with a fraction, as its text.
  case decimal(String)
  case string(String)
  /// An array or an object as it stands in the document, on one line.
  case written([UInt8])

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

  /// Elements in their order.
  package static func array(_ elements: [JSON]) -> JSON { list(elements, \.self) }

  /// Strings.
  package static func texts(_ texts: some Sequence<String>) -> JSON {
    list(texts, JSON.string)
  }

  /// An array with what `make` makes of each element.
  package static func list<Element>(
    _ elements: some Sequence<Element>, _ make: (Element) -> JSON
  ) -> JSON {
    var bytes: [UInt8] = []
    for element in elements {
      bytes.append(bytes.isEmpty ? UInt8(ascii: "[") : UInt8(ascii: ","))
      make(element).append(to: &bytes)
    }
    return closed(bytes, "[", "]")
  }

  /// Members in their order.
  package static func object(_ members: [(key: String, value: JSON)]) -> JSON {
    var bytes: [UInt8] = []
    for member in members { append(member.key, member.value, to: &bytes) }
    return closed(bytes, "{", "}")
  }

  /// Closes an array or object that its first part, if it has one, opened.
  private static func closed(
    _ written: consuming [UInt8], _ open: Unicode.Scalar, _ close: Unicode.Scalar
  ) -> JSON {
    if written.isEmpty { written.append(UInt8(ascii: open)) }
    written.append(UInt8(ascii: close))
    return .written(written)
  }

  private static func append(_ key: String, _ value: JSON, to bytes: inout [UInt8]) {
    bytes.append(bytes.isEmpty ? UInt8(ascii: "{") : UInt8(ascii: ","))
    JSONBytes.append(key, to: &bytes)
    bytes.append(UInt8(ascii: ":"))
    value.append(to: &bytes)
  }

  /// The document on one line, in UTF-8.
  package func bytes() -> [UInt8] {
    if case .written(let bytes) = self { return bytes }
    var bytes: [UInt8] = []
    append(to: &bytes)
    return bytes
  }

  /// The document for people: two blanks a level, a line feed at the end.
  package func pretty() -> [UInt8] { JSONBytes.indented(bytes()) + [UInt8(ascii: "\n")] }

  func append(to bytes: inout [UInt8]) {
    switch self {
    case .null: JSONBytes.append("null" as StaticString, to: &bytes)
    case .bool(let flag): JSONBytes.append(flag, to: &bytes)
    case .integer(let number): JSONBytes.append(number, to: &bytes)
    case .unsigned(let number): JSONBytes.append(number, to: &bytes)
    case .decimal(let text): bytes.append(contentsOf: text.utf8)
    case .string(let text): JSONBytes.append(text, to: &bytes)
    case .written(let written): bytes.append(contentsOf: written)
    }
  }
}

extension JSON: ExpressibleByDictionaryLiteral {
  /// An object with its keys in the order written.
  package init(dictionaryLiteral elements: (String, JSON)...) {
    var bytes: [UInt8] = []
    for element in elements { Self.append(element.0, element.1, to: &bytes) }
    self = Self.closed(bytes, "{", "}")
  }
}

extension JSON: ExpressibleByStringLiteral {
  /// A string.
  package init(stringLiteral value: String) { self = .string(value) }
}

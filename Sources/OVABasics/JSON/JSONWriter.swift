/// A JSON document of many small parts, written from its first byte to its last: nothing of it
/// stands in memory beside its bytes.
package struct JSONWriter {
  private var bytes: [UInt8] = []
  /// True if nothing stands yet in the array or object that is open.
  private var isFirst = true

  /// An object with the members that `write` writes.
  package static func object(_ write: (inout JSONWriter) -> Void) -> JSON {
    var writer = JSONWriter()
    writer.bytes.reserveCapacity(4096)
    writer.enclose("{", "}", write)
    return .written(writer.bytes)
  }

  // MARK: Members of an object

  /// A string, or null.
  package mutating func text(_ key: StaticString, _ text: String?) {
    begin(key)
    JSONBytes.append(text, to: &bytes)
  }

  /// Strings.
  package mutating func texts(_ key: StaticString, _ texts: [String]) {
    begin(key)
    JSONBytes.append(texts, to: &bytes)
  }

  /// A number, or null.
  package mutating func number(_ key: StaticString, _ number: UInt64?) {
    begin(key)
    if let number { JSONBytes.append(number, to: &bytes) } else { appendNull() }
  }

  /// A number, or null.
  package mutating func number(_ key: StaticString, _ number: Int?) {
    begin(key)
    if let number { JSONBytes.append(number, to: &bytes) } else { appendNull() }
  }

  /// A flag, or null.
  package mutating func flag(_ key: StaticString, _ flag: Bool?) {
    begin(key)
    if let flag { JSONBytes.append(flag, to: &bytes) } else { appendNull() }
  }

  /// Null.
  package mutating func null(_ key: StaticString) {
    begin(key)
    appendNull()
  }

  /// Whatever it is.
  package mutating func json(_ key: StaticString, _ value: JSON) {
    begin(key)
    value.append(to: &bytes)
  }

  /// An object with the members that `write` writes.
  package mutating func object(_ key: StaticString, _ write: (inout JSONWriter) -> Void) {
    begin(key)
    enclose("{", "}", write)
  }

  /// An array with the elements that `write` writes.
  package mutating func array(_ key: StaticString, _ write: (inout JSONWriter) -> Void) {
    begin(key)
    enclose("[", "]", write)
  }

  // MARK: Elements of an array

  /// An object with the members that `write` writes.
  package mutating func object(_ write: (inout JSONWriter) -> Void) {
    separate()
    enclose("{", "}", write)
  }

  /// A number, or null.
  package mutating func number(_ number: Int?) {
    separate()
    if let number { JSONBytes.append(number, to: &bytes) } else { appendNull() }
  }

  // MARK: Bytes

  private mutating func begin(_ key: StaticString) {
    JSONBytes.appendKey(key, first: isFirst, to: &bytes)
    isFirst = false
  }

  private mutating func separate() {
    if !isFirst { bytes.append(UInt8(ascii: ",")) }
    isFirst = false
  }

  private mutating func enclose(
    _ open: Unicode.Scalar, _ close: Unicode.Scalar, _ write: (inout JSONWriter) -> Void
  ) {
    bytes.append(UInt8(ascii: open))
    isFirst = true
    write(&self)
    bytes.append(UInt8(ascii: close))
    isFirst = false
  }

  private mutating func appendNull() { JSONBytes.append("null" as StaticString, to: &bytes) }
}

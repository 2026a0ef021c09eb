/// JSON written straight into bytes: keys in the order given, null where null is due, no `\/`.
///
/// The standard encoders drop nil or escape slashes, and cost ten times as much a page.
package enum JSONBytes {
  private static let hex = Array("0123456789abcdef".utf8)

  /// Appends a string with its quotes.
  package static func append(_ text: String, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    var text = text
    text.withUTF8 { utf8 in
      var start = 0
      for index in 0..<utf8.count {
        let byte = unsafe utf8[index]
        guard byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") else {
          continue
        }
        unsafe bytes.append(contentsOf: utf8[start..<index])
        appendEscaped(byte, to: &bytes)
        start = index + 1
      }
      unsafe bytes.append(contentsOf: utf8[start..<utf8.count])
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private static func appendEscaped(_ byte: UInt8, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\\"))
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes.append(byte)
    case 0x08: bytes.append(UInt8(ascii: "b"))
    case 0x09: bytes.append(UInt8(ascii: "t"))
    case 0x0A: bytes.append(UInt8(ascii: "n"))
    case 0x0C: bytes.append(UInt8(ascii: "f"))
    case 0x0D: bytes.append(UInt8(ascii: "r"))
    default:
      bytes.append(contentsOf: "u00".utf8)
      bytes.append(hex[Int(byte >> 4)])
      bytes.append(hex[Int(byte & 15)])
    }
  }

  /// Appends a string, or `null`.
  package static func append(_ text: String?, to bytes: inout [UInt8]) {
    if let text { append(text, to: &bytes) } else { bytes.append(contentsOf: "null".utf8) }
  }

  /// Appends a number.
  package static func append(_ number: some BinaryInteger, to bytes: inout [UInt8]) {
    bytes.append(contentsOf: String(number).utf8)
  }

  /// Appends `true` or `false`.
  package static func append(_ flag: Bool, to bytes: inout [UInt8]) {
    bytes.append(contentsOf: (flag ? "true" : "false").utf8)
  }

  /// Appends `"key":`, after a comma unless it is the object's first.
  package static func appendKey(_ key: StaticString, first: Bool = false, to bytes: inout [UInt8]) {
    if !first { bytes.append(UInt8(ascii: ",")) }
    bytes.append(UInt8(ascii: "\""))
    bytes.append(contentsOf: key.description.utf8)
    bytes.append(contentsOf: "\":".utf8)
  }

  /// Appends `["a","b"]`.
  package static func append(_ texts: [String], to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "["))
    for (index, text) in texts.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      append(text, to: &bytes)
    }
    bytes.append(UInt8(ascii: "]"))
  }
}

extension Record {
  /// Appends the record as the API shows it: nine keys in alphabetical order.
  package func appendJSON(times: APITime, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "{"))
    JSONBytes.appendKey("created_on", first: true, to: &bytes)
    bytes.append(UInt8(ascii: "\""))
    times.append(createdOn, to: &bytes)
    bytes.append(UInt8(ascii: "\""))
    JSONBytes.appendKey("data_store", to: &bytes)
    JSONBytes.append(dataStore, to: &bytes)
    JSONBytes.appendKey("folder", to: &bytes)
    JSONBytes.append(folder, to: &bytes)
    JSONBytes.appendKey("id", to: &bytes)
    JSONBytes.append(id, to: &bytes)
    JSONBytes.appendKey("label", to: &bytes)
    JSONBytes.append(label, to: &bytes)
    JSONBytes.appendKey("name", to: &bytes)
    JSONBytes.append(name, to: &bytes)
    JSONBytes.appendKey("path", to: &bytes)
    JSONBytes.append(path, to: &bytes)
    JSONBytes.appendKey("public", to: &bytes)
    JSONBytes.append(isPublic, to: &bytes)
    JSONBytes.appendKey("updated_on", to: &bytes)
    bytes.append(UInt8(ascii: "\""))
    times.append(updatedOn, to: &bytes)
    bytes.append(contentsOf: "\"}".utf8)
  }

  /// The record as the API shows it, in JSON.
  public func json(times: APITime) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(360)
    appendJSON(times: times, to: &bytes)
    return bytes
  }
}

import OVABasics

/// A line of `sha256sum` and its kin: `hex  name`, `hex *name`, and with a backslash before it
/// when the name holds escapes.
struct ChecksumLine {
  let digestText: String
  let nameBytes: [UInt8]
  let isBinary: Bool

  /// Reads a line; nil when it has another shape.
  init?(_ line: ArraySlice<UInt8>) {
    let isEscaped = line.first == UInt8(ascii: "\\")
    var rest = isEscaped ? line.dropFirst() : line
    let hex = rest.prefix { Hex.value($0) != nil }
    rest = rest[hex.endIndex...]
    guard hex.count >= 32, let blank = rest.popFirst(), isBlank(blank) else { return nil }
    let mark = rest.first
    isBinary = mark == UInt8(ascii: "*")
    if isBinary || mark == UInt8(ascii: " ") { rest = rest.dropFirst() }
    guard !rest.allSatisfy(isBlank) else { return nil }
    nameBytes = isEscaped ? ChecksumLine.unescaped(rest) : Array(rest)
    digestText = String(decoding: hex, as: UTF8.self)
  }

  private static func unescaped(_ name: ArraySlice<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    var rest = name
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "\\"), let next = rest.popFirst() else {
        result.append(byte)
        continue
      }
      switch next {
      case UInt8(ascii: "n"): result.append(UInt8(ascii: "\n"))
      case UInt8(ascii: "r"): result.append(UInt8(ascii: "\r"))
      default: result.append(next)
      }
    }
    return result
  }
}

/// A line of `sha256sum` and its kin: `hex  name`, `hex *name`, and with a backslash before it
/// when the name holds escapes.
struct ChecksumLine {
  let digestText: String
  let digest: Digest
  let nameBytes: [UInt8]
  let isBinary: Bool

  /// Reads a line; nil when it has another shape.
  /// - Throws: a refusal when it is such a line with a digest of another length, MD5 above all.
  init?(_ line: ArraySlice<UInt8>) throws(ManifestLine.Refusal) {
    let isEscaped = line.first == UInt8(ascii: "\\")
    var rest = isEscaped ? line.dropFirst() : line
    let hex = rest.prefix { Hex.value($0) != nil }
    rest = rest[hex.endIndex...]
    guard hex.count >= 32, let blank = rest.popFirst(), isBlank(blank) else { return nil }
    let mark = rest.first
    isBinary = mark == UInt8(ascii: "*")
    if isBinary || mark == UInt8(ascii: " ") { rest = rest.dropFirst() }
    guard !rest.isEmpty else { return nil }
    nameBytes = isEscaped ? ChecksumLine.unescaped(rest) : Array(rest)
    let fileName = String(decoding: nameBytes, as: UTF8.self)
    guard let algorithm = DigestAlgorithm.allCases.first(where: { $0.hexCount == hex.count }) else {
      let label = hex.count == 32 ? "MD5" : "\(hex.count) digits"
      throw ManifestLine.Refusal(.unknownAlgorithm(label), fileName: fileName)
    }
    guard let bytes = Hex.bytes(hex), let read = Digest(algorithm, bytes: bytes) else { return nil }
    digestText = String(decoding: hex, as: UTF8.self)
    digest = read
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

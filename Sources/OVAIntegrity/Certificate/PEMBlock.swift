import FoundationEssentials
import OVABasics

/// One `-----BEGIN X-----` … `-----END X-----` of a text file.
struct PEMBlock {
  /// The label of the block: `CERTIFICATE`.
  let label: String
  /// The line of BEGIN, counted from 1.
  let line: Int
  /// The decoded bytes; nil when END is missing or the text is no base64.
  let bytes: [UInt8]?
  /// True if END was there.
  let isTerminated: Bool

  /// All blocks of a text, with text between them ignored.
  static func all(in text: ArraySlice<UInt8>) -> [PEMBlock] {
    var blocks: [PEMBlock] = []
    var open: (label: String, line: Int, base64: [UInt8])?
    for line in TextLines(text) {
      let content = Array(line.text.drop(while: isBlank))
      if let label = marker(content, "-----BEGIN ") {
        if let open { blocks.append(PEMBlock(unterminated: open.label, line: open.line)) }
        open = (label, line.number, [])
      } else if let current = open, marker(content, "-----END ") == current.label {
        blocks.append(PEMBlock(current.label, line: current.line, base64: current.base64))
        open = nil
      } else {
        open?.base64.append(contentsOf: content)
      }
    }
    if let open { blocks.append(PEMBlock(unterminated: open.label, line: open.line)) }
    return blocks
  }

  private init(_ label: String, line: Int, base64: [UInt8]) {
    self.label = label
    self.line = line
    isTerminated = true
    let text = base64.filter { !isBlank($0) }
    bytes = Data(base64Encoded: Data(text)).map { Array($0) }
  }

  private init(unterminated label: String, line: Int) {
    self.label = label
    self.line = line
    bytes = nil
    isTerminated = false
  }

  private static func marker(_ line: [UInt8], _ prefix: String) -> String? {
    guard line.starts(with: prefix.utf8) else { return nil }
    let rest = line.dropFirst(prefix.utf8.count)
    let label = rest.prefix { $0 != UInt8(ascii: "-") }
    guard rest[label.endIndex...].starts(with: "-----".utf8) else { return nil }
    return String(decoding: label, as: UTF8.self)
  }
}

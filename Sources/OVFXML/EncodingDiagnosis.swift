import OVABasics

/// Diagnoses a document whose bytes are not in the declared encoding.
///
/// Legacy encodings leave marks in the lengths of the runs of bytes beyond ASCII, by which the
/// encoding that was meant is named.
struct EncodingDiagnosis {
  private let declared: String?
  private let byte: UInt8
  private let line: Int
  private let column: Int
  private let likely: String
  private let example: String

  /// Nil where the bytes do not contradict the encoding, or only after the place where the parser
  /// stopped.
  init?(_ bytes: [UInt8], length: Int, encoding: Encoding, _ failure: ParseFailure) {
    guard failure.mayBeAboutEncoding, encoding.layout == .bytes,
      let first = Self.firstInvalid(bytes[..<length]), Self.beginsAsMarkup(bytes[..<length])
    else { return nil }
    let claim = encoding.declared?.lowercased() ?? "utf-8"
    // What is not UTF-8 is not ASCII either.
    let isContradicted = ["utf-8", "utf8", "us-ascii", "ascii"].contains(claim)
    guard isContradicted || failure.isAboutEncoding else { return nil }
    let lineStart =
      bytes[..<first].lastIndex(of: UInt8(ascii: "\n")).map { bytes.index(after: $0) } ?? 0
    line = 1 + bytes[..<first].count { $0 == UInt8(ascii: "\n") }
    column = 1 + String(decoding: bytes[lineStart..<first], as: UTF8.self).unicodeScalars.count
    if isContradicted, failure.line > 0, failure.line < line { return nil }
    declared = encoding.declared
    byte = bytes[first]
    (likely, example) = Self.guess(bytes[..<length])
  }

  func error(_ name: String) -> XMLError {
    let claim =
      declared.map { "the encoding '\($0.forDisplay)' that the XML declaration names" }
      ?? "UTF-8, the encoding of documents that declare none"
    return XMLError(
      .encoding,
      reason:
        "the bytes are not in \(claim): the first is 0x\(Hex.text([byte], .upper)); they look like \(likely)",
      place: Place(name, line: line, column: column),
      fix: "save the document as UTF-8, or declare its encoding, such as "
        + "`<?xml version=\"1.0\" encoding=\"\(example)\"?>`")
  }

  /// Returns whether the first byte but blanks opens a tag: what begins otherwise is no text of XML
  /// in any encoding of bytes, but a compressed file or the like.
  private static func beginsAsMarkup(_ bytes: ArraySlice<UInt8>) -> Bool {
    let blanks: [UInt8] = [0x20, 0x09, 0x0A, 0x0D]
    return bytes.first { !blanks.contains($0) } == UInt8(ascii: "<")
  }

  /// The index of the first byte that is not of a character in UTF-8.
  private static func firstInvalid(_ bytes: ArraySlice<UInt8>) -> Int? {
    var decoder = Unicode.UTF8.ForwardParser()
    var iterator = bytes.makeIterator()
    var index = bytes.startIndex
    while true {
      switch decoder.parseScalar(from: &iterator) {
      case .valid(let scalar): index += scalar.count
      case .error: return index
      case .emptyInput: return nil
      }
    }
  }

  /// Guesses the encoding of the bytes beyond ASCII, in words and as a name for the declaration.
  private static func guess(_ bytes: ArraySlice<UInt8>) -> (String, String) {
    var longest = 0
    var hasOddRun = false
    var hasControls = false
    var run = 0
    for byte in bytes + [0] {
      if byte >= 0x80 {
        run += 1
        if byte < 0xA0 { hasControls = true }
      } else {
        longest = max(longest, run)
        if run % 2 == 1 { hasOddRun = true }
        run = 0
      }
    }
    if longest >= 4, !hasOddRun {
      return ("an encoding of two bytes a character, such as GBK, Big5 or EUC-JP", "GBK")
    }
    return hasControls
      ? ("windows-1252", "windows-1252") : ("ISO-8859-1 (Latin-1) or windows-1252", "ISO-8859-1")
  }
}

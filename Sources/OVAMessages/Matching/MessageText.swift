/// A text as messages are compared: words alone, in lower case, without quotes and punctuation.
///
/// The words stand behind each other without blanks, so that a line that a terminal broke inside a
/// word still compares; where words begin and end is kept.
struct MessageText: Sendable {
  /// The words behind each other.
  private(set) var bytes: [UInt8] = []
  /// The words' places in `bytes`: letters in a row, or digits in a row.
  private(set) var words: [Range<Int>] = []
  /// The places where words begin.
  var starts: [Int] { words.map(\.lowerBound) }

  private let text: String
  /// The place in the text that each byte comes from.
  private var origins: [String.UnicodeScalarIndex] = []
  /// True for each byte, and the place behind the last, where a word begins or has ended.
  private var isStart: [Bool] = [false]
  private var isEnd: [Bool] = [false]

  /// A class of scalars that make words together.
  private enum Class { case letter, digit, other }

  init(_ text: String) {
    self.text = text
    var last = Class.other
    var begin = 0
    for index in text.unicodeScalars.indices {
      let scalar = text.unicodeScalars[index]
      let current = Self.class(of: scalar)
      if current != last {
        if last != .other { close(from: begin) }
        begin = bytes.count
        last = current
      }
      guard current != .other else { continue }
      if scalar.isASCII {
        let isCapital = scalar >= "A" && scalar <= "Z"
        append(UInt8(truncatingIfNeeded: scalar.value) | (isCapital ? 0x20 : 0), from: index)
      } else {
        for byte in scalar.properties.lowercaseMapping.utf8 { append(byte, from: index) }
      }
    }
    if last != .other { close(from: begin) }
  }

  private mutating func append(_ byte: UInt8, from index: String.UnicodeScalarIndex) {
    bytes.append(byte)
    origins.append(index)
    isStart.append(false)
    isEnd.append(false)
  }

  private mutating func close(from begin: Int) {
    guard begin < bytes.count else { return }
    words.append(begin..<bytes.count)
    isStart[begin] = true
    isEnd[bytes.count] = true
  }

  private static func `class`(of scalar: Unicode.Scalar) -> Class {
    switch scalar {
    case "a"..."z", "A"..."Z", "_": .letter
    case "0"..."9": .digit
    default: scalar.value < 0x80 || !scalar.properties.isAlphabetic ? .other : .letter
    }
  }

  /// Returns whether a word begins at `offset`.
  func begins(at offset: Int) -> Bool { isStart[offset] }
  /// Returns whether a word ends before `offset`.
  func ends(at offset: Int) -> Bool { isEnd[offset] }

  /// A number for the bytes at `offset`, by which patterns are looked up.
  func key(at offset: Int) -> UInt32 { Self.key(of: bytes[offset...]) }

  /// A number for the first three bytes; fewer are padded.
  static func key(of bytes: ArraySlice<UInt8>) -> UInt32 {
    bytes.prefix(3).reduce(0) { $0 << 8 | UInt32($1) }
  }

  /// Returns the text at `span`, to the end of its line and on one line.
  func excerpt(of span: Range<Int>) -> String {
    guard let first = origins.indices.contains(span.lowerBound) ? origins[span.lowerBound] : nil,
      let last = origins.indices.contains(span.upperBound - 1) ? origins[span.upperBound - 1] : nil
    else { return "" }
    let scalars = text.unicodeScalars
    let tail = scalars[last...].prefix { $0 != "\n" && $0 != "\r" }.prefix(Self.longestTail)
    let words = String(scalars[first..<tail.endIndex]).split(whereSeparator: \.isWhitespace)
    let line = words.joined(separator: " ")
    guard line.unicodeScalars.count > Self.longestExcerpt else { return line }
    return String(String.UnicodeScalarView(line.unicodeScalars.prefix(Self.longestExcerpt))) + "…"
  }

  /// The part of the line behind the last word that an excerpt shows, in scalars.
  private static let longestTail = 120
  /// The greatest length of an excerpt, in scalars.
  private static let longestExcerpt = 300
}

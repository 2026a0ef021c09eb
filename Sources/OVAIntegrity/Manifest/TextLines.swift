import OVABasics

/// Returns whether a byte is a space or a tab.
func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }

/// The lines of a text file, whichever of LF, CR LF and CR ends them.
struct TextLines: IteratorProtocol, Sequence {
  /// The ends of lines.
  enum End { case lineFeed, carriageReturnLineFeed, carriageReturn, none }

  /// One line without its end.
  struct Line {
    let number: Int
    let text: ArraySlice<UInt8>
    let end: End
  }

  private var rest: ArraySlice<UInt8>
  private var number = 0

  init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

  /// The bytes after the lines taken so far.
  var remainder: ArraySlice<UInt8> { rest }

  mutating func next() -> Line? {
    guard !rest.isEmpty else { return nil }
    number += 1
    let isEnd = { (byte: UInt8) in byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") }
    guard let stop = rest.firstIndex(where: isEnd) else {
      defer { rest = [] }
      return Line(number: number, text: rest, end: .none)
    }
    let text = rest[..<stop]
    let end = rest[stop...]
    if end.starts(with: [UInt8(ascii: "\r"), UInt8(ascii: "\n")]) {
      rest = end.dropFirst(2)
      return Line(number: number, text: text, end: .carriageReturnLineFeed)
    }
    rest = end.dropFirst()
    let isFeed = end.first == UInt8(ascii: "\n")
    return Line(number: number, text: text, end: isFeed ? .lineFeed : .carriageReturn)
  }
}

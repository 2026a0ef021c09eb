import OVABasics

/// The expected and the found value, one below the other, so that the difference is seen.
struct ValueComparison {
  let expected: String
  let found: String
  /// The characters of each in which they differ; nil where they have too little in common to be
  /// compared character by character.
  private let differing: (expected: Range<Int>, found: Range<Int>)?

  init(expected: String, found: String) {
    self.expected = expected.forDisplay
    self.found = found.forDisplay
    let (a, b) = (Array(self.expected), Array(self.found))
    let start = zip(a, b).prefix { $0 == $1 }.count
    let end = zip(a[start...].reversed(), b[start...].reversed()).prefix { $0 == $1 }.count
    let isDigest = a.count == b.count && a.count >= 32 && (a + b).allSatisfy(\.isHexDigit)
    let common = start + end
    // Of numbers with a unit the unit is the same, which says nothing.
    let isAlike = common * 3 >= max(a.count, b.count) * 2 && max(a.count, b.count) >= 12
    guard a != b, isDigest || isAlike else {
      differing = nil
      return
    }
    differing = (start..<(a.count - end), start..<(b.count - end))
  }

  /// Both values with their labels, and where they differ: marked by color, or by a line of carets
  /// below where there is none.
  ///
  /// Values that are wider than a line are broken at the same places, so that what is below each
  /// other is compared with each other.
  func lines(style: Style, width: Int?, indent: Int) -> [String] {
    let labels = ("expected  ", "found     ")
    let blanks = String(repeating: " ", count: indent)
    let margin = indent + labels.0.count
    guard let differing else {
      let text = WrappedText(width: width)
      return text.lines(expected, first: blanks + labels.0)
        + text.lines(found, first: blanks + labels.1)
    }
    let room = max(16, (width ?? .max) - margin)
    let first = pieces(Array(expected), room)
    let second = pieces(Array(found), room)
    let marker = Marker(style: style)
    var lines: [String] = []
    for index in 0..<max(first.count, second.count) {
      let isFirst = index == 0
      let start = String(repeating: " ", count: margin)
      func line(_ piece: Piece?, _ label: String, _ range: Range<Int>) -> [String] {
        guard let piece else { return [] }
        let head = isFirst ? blanks + label : start
        return [head + marker.text(piece.text, differing: piece.part(of: range))]
      }
      let above = line(first[safe: index], labels.0, differing.expected)
      let below = line(second[safe: index], labels.1, differing.found)
      lines += above + below
      guard style.isPlain, let piece = second[safe: index] ?? first[safe: index] else { continue }
      let range = second[safe: index] == nil ? differing.expected : differing.found
      let carets = marker.carets(piece.text, differing: piece.part(of: range))
      if !carets.isEmpty { lines.append(start + carets) }
    }
    return lines
  }

  /// A part of a value that fits a line.
  private struct Piece {
    let text: [Character]
    /// The number of its first character in the value.
    let start: Int

    /// The part of a range of the value's characters that lies in this piece, counted from it.
    func part(of range: Range<Int>) -> Range<Int> {
      let lower = min(max(range.lowerBound - start, 0), text.count)
      let upper = min(max(range.upperBound - start, lower), text.count)
      return lower..<upper
    }
  }

  private func pieces(_ value: [Character], _ room: Int) -> [Piece] {
    var pieces: [Piece] = []
    var text: [Character] = []
    var cells = 0
    var start = 0
    for (index, character) in value.enumerated() {
      if cells + character.cells > room, !text.isEmpty {
        pieces.append(Piece(text: text, start: start))
        (text, cells, start) = ([], 0, index)
      }
      text.append(character)
      cells += character.cells
    }
    return pieces + [Piece(text: text, start: start)]
  }
}

/// Marks a part of a text.
private struct Marker {
  let style: Style

  func text(_ text: [Character], differing: Range<Int>) -> String {
    guard !style.isPlain, !differing.isEmpty else { return String(text) }
    return String(text[..<differing.lowerBound]) + style.marked(String(text[differing]))
      + String(text[differing.upperBound...])
  }

  /// Carets below the part; nothing for an empty part.
  func carets(_ text: [Character], differing: Range<Int>) -> String {
    guard !differing.isEmpty else { return "" }
    let before = text[..<differing.lowerBound].reduce(0) { $0 + $1.cells }
    let marked = text[differing].reduce(0) { $0 + $1.cells }
    return String(repeating: " ", count: before) + String(repeating: "^", count: marked)
  }
}

extension Array {
  /// The element; nil where there is none.
  fileprivate subscript(safe index: Int) -> Element? {
    indices.contains(index) ? self[index] : nil
  }
}

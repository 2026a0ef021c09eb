import OVABasics

/// Text broken into lines of a terminal's width; nothing of it is left out.
package struct WrappedText: Sendable {
  /// The cells of a line; nil for lines as long as they get.
  package let width: Int?

  /// The narrowest that text is wrapped for: below it, lines are longer than they may be.
  private static let least = 20

  package init(width: Int?) { self.width = width.map { max(Self.least, $0) } }

  /// The lines of a text: broken at blanks, and a word that is longer than a line inside it.
  /// - Parameters:
  ///   - first: what the first line begins with.
  ///   - rest: how many blanks the others begin with; the cells of `first` when nil.
  package func lines(_ text: String, first: String = "", rest: Int? = nil) -> [String] {
    let firstCells = first.cellsOfStyled
    guard let width, firstCells + text.cellsOfStyled > width else { return [first + text] }
    let indent = min(rest ?? firstCells, width / 2)
    var lines: [String] = []
    var line = first
    var cells = firstCells
    var isEmpty = true
    func breakLine() {
      lines.append(line)
      line = String(repeating: " ", count: indent)
      cells = indent
      isEmpty = true
    }
    for word in text.split(separator: " ", omittingEmptySubsequences: false) {
      let wordCells = String(word).cellsOfStyled
      if !isEmpty, cells + 1 + wordCells > width {
        // What would not fit a line of its own either is broken where the line is full.
        if wordCells <= width - indent || cells + 8 > width { breakLine() }
      }
      if !isEmpty {
        line += " "
        cells += 1
      }
      if cells + wordCells <= width {
        line += word
        cells += wordCells
      } else {
        for part in StyledParts(String(word)) {
          if cells + part.cells > width, part.cells > 0, !isEmpty || cells > indent { breakLine() }
          line += part.text
          cells += part.cells
          isEmpty = false
        }
      }
      isEmpty = false
    }
    return lines + [line]
  }
}

extension WrappedText {
  /// A report of many lines, each of them broken where it has to be.
  package func report(_ text: String) -> String {
    guard width != nil else { return text }
    return text.split(separator: "\n", omittingEmptySubsequences: false)
      .flatMap { hanging(String($0)) }.joined(separator: "\n")
  }

  /// A line of a report, broken where it has to be: what follows is as far in as the value behind a
  /// label (`  found     …`), or a little further than the line.
  package func hanging(_ line: String) -> [String] {
    guard width != nil else { return [line] }
    let plain = StyledParts(line).reduce(into: "") { if $1.cells > 0 { $0 += $1.text } }
    let leading = plain.prefix { $0 == " " }.count
    let label = plain.dropFirst(leading).prefix { $0 != " " }
    let gap = plain.dropFirst(leading + label.count).prefix { $0 == " " }.count
    let isLabel = gap >= 2 && label.count <= 10
    return lines(
      line, rest: isLabel ? leading + String(label).cells + gap : leading + 2)
  }
}

/// The characters of a text, and the sequences of a terminal's colors in it, which take no cells.
private struct StyledParts: Sequence, IteratorProtocol {
  private var rest: Substring

  init(_ text: String) { rest = text[...] }

  mutating func next() -> (text: String, cells: Int)? {
    guard let first = rest.first else { return nil }
    guard first == "\u{1B}", let end = rest.firstIndex(of: "m") else {
      rest = rest.dropFirst()
      return (String(first), first.cells)
    }
    let sequence = rest[...end]
    rest = rest[rest.index(after: end)...]
    return (String(sequence), 0)
  }
}

extension String {
  /// The cells of a text in which there may be sequences for colors.
  var cellsOfStyled: Int {
    guard utf8.contains(0x1B) else { return cells }
    return StyledParts(self).reduce(0) { $0 + $1.cells }
  }
}

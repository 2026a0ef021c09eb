import OVABasics

/// Rows of text in columns as wide as their widest text that another one follows, in cells of a
/// terminal.
package struct TextTable {
  private var rows: [[String]] = []

  package init() {}

  /// Adds a row; cells are made safe to show, empty ones stay empty.
  package mutating func add(_ cells: [String]) {
    var cells = cells.map(\.forDisplay)
    while cells.last == "" { cells.removeLast() }
    rows.append(cells)
  }

  /// The lines, each without blanks at its end.
  package func lines(indent: Int = 0, gap: Int = 2) -> [String] {
    let columns = rows.map(\.count).max() ?? 0
    let widths = (0..<columns).map { column in
      rows.map { column + 1 < $0.count ? $0[column].cells : 0 }.max() ?? 0
    }
    return rows.map { row in
      var line = String(repeating: " ", count: indent)
      for (column, cell) in row.enumerated() {
        line += cell
        guard column + 1 < row.count else { break }
        let fill = widths[column] - cell.cells
        line += String(repeating: " ", count: widths[column] == 0 ? 0 : fill + gap)
      }
      while line.last == " " { line.removeLast() }
      return line
    }
  }
}

extension TextTable {
  /// A text folded at blanks, each line with an indent; a longer word stays whole.
  package static func folded(
    _ text: String, width: Int, indent: String, first: String? = nil, rest: String? = nil
  ) -> [String] {
    let (first, rest) = (first ?? indent, rest ?? indent)
    var lines: [String] = []
    var line = first
    var isEmpty = true
    for word in text.split(whereSeparator: \.isWhitespace) {
      if !isEmpty, line.cells + 1 + String(word).cells > width {
        lines.append(line)
        line = rest
        isEmpty = true
      }
      line += (isEmpty ? "" : " ") + String(word).forDisplay
      isEmpty = false
    }
    return isEmpty ? lines : lines + [line]
  }
}

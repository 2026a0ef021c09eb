import OVABasics

/// Rows of text in columns as wide as their widest cell.
package struct TextTable {
  private var rows: [[String]] = []

  package init() {}

  /// Adds a row; cells are made inert, empty ones stay empty.
  package mutating func add(_ cells: [String]) { rows.append(cells.map(\.inert)) }

  /// The lines, each without blanks at its end.
  package func lines(indent: Int = 0, gap: Int = 2) -> [String] {
    let columns = rows.map(\.count).max() ?? 0
    let widths = (0..<columns).map { column in
      rows.map { column < $0.count ? $0[column].unicodeScalars.count : 0 }.max() ?? 0
    }
    return rows.map { row in
      var line = String(repeating: " ", count: indent)
      for (column, cell) in row.enumerated() {
        line += cell
        guard column + 1 < row.count else { break }
        let fill = widths[column] - cell.unicodeScalars.count
        line += String(repeating: " ", count: widths[column] == 0 ? 0 : fill + gap)
      }
      while line.last == " " { line.removeLast() }
      return line
    }
  }
}

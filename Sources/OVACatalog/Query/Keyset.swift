/// The way to pages of a list that a server keeps.
package struct ServerWalk: Hashable, Sendable {
  /// Ids that are asked of a server to keep their order; of more a page is walked to.
  package var mostIDs = 200_000
  /// Rows from one kept row to the next: from the nearest of them a page far down is met in few steps.
  package var distance = 2_000
  /// Kept rows that one statement looks for.
  package var mostAtOnce = 250

  /// The usual.
  package init() {}
}

extension ImageQuery {
  /// The columns that the order is by, and whether each ascends; that of the stored order last.
  var keyColumns: [(name: String, ascends: Bool)] {
    decidingTerms.map { ($0.field.column, $0.ascends) } + [("position", true)]
  }

  /// The condition that a row stands behind another one in the order.
  /// - Parameter key: the values of ``keyColumns`` of the other row.
  func behind(_ key: [FieldValue]) -> SQLPiece {
    let columns = Array(zip(keyColumns, key))
    if columns.allSatisfy({ $0.ascends && $1 != .null }) {
      // The index of the order is searched for it. Null, which stands before all, is not greater.
      let names = columns.map(\.0.name).joined(separator: ", ")
      return SQLPiece(
        sql: "(\(names)) > (\(StatementText.marks(columns.count)))", arguments: key)
    }
    var pieces: [SQLPiece] = []
    for (index, (column, value)) in columns.enumerated() {
      guard var piece = Self.behind(column.name, column.ascends, value) else { continue }
      for ((before, _), value) in columns[..<index].reversed() {
        piece.sql =
          (value == .null ? "\(before) IS NULL" : "\(before) = ?") + " AND " + piece.sql
        if value != .null { piece.arguments.insert(value, at: 0) }
      }
      pieces.append(piece)
    }
    var result = SQLPiece(
      sql: "(" + pieces.map { "(\($0.sql))" }.joined(separator: " OR ") + ")",
      arguments: pieces.flatMap(\.arguments))
    // Says once more what all of these say, so that an index is searched for it.
    if let (column, value) = columns.first, value != .null,
      column.ascends || !DatabaseEngine.isNullable(column.name)
    {
      result.sql = "\(column.name) \(column.ascends ? ">=" : "<=") ? AND " + result.sql
      result.arguments.insert(value, at: 0)
    }
    return result
  }

  /// The condition that one column's value stands behind another one; nil where none does. Null
  /// stands before everything.
  private static func behind(
    _ column: String, _ ascends: Bool, _ value: FieldValue
  ) -> SQLPiece? {
    switch (ascends, value) {
    case (true, .null): SQLPiece(sql: "\(column) IS NOT NULL")
    case (false, .null): nil
    case (true, _): SQLPiece(sql: "\(column) > ?", arguments: [value])
    case (false, _) where DatabaseEngine.isNullable(column):
      SQLPiece(sql: "(\(column) < ? OR \(column) IS NULL)", arguments: [value])
    case (false, _): SQLPiece(sql: "\(column) < ?", arguments: [value])
    }
  }
}

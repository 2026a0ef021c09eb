/// A piece of SQL and the values bound to its question marks.
struct SQLPiece: Hashable {
  var sql: String
  var arguments: [FieldValue] = []
}

extension Filter {
  /// The name of the SQL function that matches patterns beyond ASCII: (text, pattern).
  static let likeFunction = "ova_like"

  /// The filter as a condition over the fields' columns; nil when it lets everything pass.
  var sql: SQLPiece? {
    guard !clauses.isEmpty else { return nil }
    var piece = SQLPiece(sql: "")
    for clause in clauses {
      let part = clause.sql
      piece.sql += (piece.sql.isEmpty ? "(" : " AND (") + part.sql + ")"
      piece.arguments += part.arguments
    }
    return piece
  }
}

extension Filter.Clause {
  fileprivate var sql: SQLPiece {
    let column = field.column
    switch condition {
    case .compare(let comparison, let value):
      return SQLPiece(sql: "\(column) \(comparison.sql) ?", arguments: [value])
    case .oneOf(let values):
      let marks = repeatElement("?", count: values.count).joined(separator: ",")
      return SQLPiece(sql: "\(column) IN (\(marks))", arguments: values)
    case .like(let pattern):
      var piece = SQLPiece(sql: "\(column) LIKE ?", arguments: [.text(pattern.widened)])
      if !pattern.isASCII {
        // SQLite's own LIKE has thrown out most rows by then.
        piece.sql += " AND \(Filter.likeFunction)(\(column), ?)"
        piece.arguments.append(.text(pattern.text))
      }
      if let range = pattern.prefixRange {
        // LIKE alone uses no index when its pattern is bound.
        piece.sql += " AND \(column) COLLATE NOCASE >= ? AND \(column) COLLATE NOCASE < ?"
        piece.arguments += [.text(range.from), .text(range.below)]
      }
      return piece
    }
  }
}

extension Filter.Operator {
  fileprivate var sql: String {
    switch self {
    case .eq: "="
    case .ne: "<>"
    case .lt: "<"
    case .le: "<="
    case .gt: ">"
    case .ge: ">="
    case .like: "LIKE"
    case .oneOf: "IN"
    }
  }
}

extension Sort {
  /// The terms after ORDER BY, with the stored order last.
  func sql(stored: String) -> String {
    (terms.map { "\($0.field.column) \($0.ascends ? "ASC" : "DESC")" } + [stored])
      .joined(separator: ", ")
  }
}

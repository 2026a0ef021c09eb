/// A piece of SQL and the values bound to its question marks.
struct SQLPiece: Hashable {
  var sql: String
  var arguments: [FieldValue] = []
}

extension Filter {
  /// The name of the SQL function that matches patterns beyond ASCII: (text, pattern).
  static let likeFunction = "ova_like"

  /// The filter as a condition over the fields' columns; nil when it lets everything pass.
  ///
  /// `plan` says whether an index may be searched for what is asked.
  func sql(_ plan: ImageQuery.Plan = .find) -> SQLPiece? {
    guard !clauses.isEmpty else { return nil }
    var piece = SQLPiece(sql: "")
    for clause in clauses {
      let part = clause.sql(plan)
      piece.sql += (piece.sql.isEmpty ? "(" : " AND (") + part.sql + ")"
      piece.arguments += part.arguments
    }
    return piece
  }
}

extension Filter.Clause {
  fileprivate func sql(_ plan: ImageQuery.Plan) -> SQLPiece {
    // A `+` keeps SQLite from searching an index by itself.
    let column = plan == .walk ? "+\(field.column)" : field.column
    switch condition {
    case .compare(let comparison, let value):
      return SQLPiece(sql: "\(column) \(comparison.sql) ?", arguments: [value])
    case .oneOf(let values):
      let marks = repeatElement("?", count: values.count).joined(separator: ",")
      return SQLPiece(sql: "\(column) IN (\(marks))", arguments: values)
    case .like(let pattern):
      let searches = plan == .find
      let matched = searches ? column : "+\(field.column)"
      var piece = SQLPiece(sql: "\(matched) LIKE ?", arguments: [.text(pattern.widened)])
      if !pattern.isASCII {
        // SQLite's own LIKE has thrown out most rows by then.
        piece.sql += " AND \(Filter.likeFunction)(\(column), ?)"
        piece.arguments.append(.text(pattern.text))
      }
      if searches, let range = pattern.prefixRange {
        // Explicitly: whether SQLite finds the range by itself depends on how a pattern is bound.
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
  ///
  /// `walks` says whether an index may bring the rows in their order; else they are sorted after
  /// they were found, which a `+` before a column tells SQLite. `backwards` begins at the end.
  func sql(
    stored: String, ascends: Bool = true, walks: Bool = true, backwards: Bool = false
  ) -> String {
    let mark = walks ? "" : "+"
    let columns = terms.map { ($0.field.column, $0.ascends) } + [(stored, ascends)]
    return columns.map { "\(mark)\($0.0) \($0.1 != backwards ? "ASC" : "DESC")" }
      .joined(separator: ", ")
  }
}

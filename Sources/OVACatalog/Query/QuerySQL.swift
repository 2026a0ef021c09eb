/// A piece of SQL and the values bound to its question marks.
struct SQLPiece: Hashable {
  var sql: String
  var arguments: [FieldValue] = []

  /// Adds a condition that has to hold as well.
  mutating func add(_ condition: SQLPiece) {
    sql += " AND " + condition.sql
    arguments += condition.arguments
  }
}

extension Filter {
  /// The name of the SQL function that matches patterns beyond ASCII: (text, pattern).
  static let likeFunction = "ova_like"

  /// The filter as a condition over the fields' columns; nil when it lets everything pass.
  ///
  /// `plan` says whether an index may be searched for what is asked. PostgreSQL cannot match
  /// patterns beyond ASCII: there more rows pass, which ``matches(_:)`` decides on.
  func sql(_ plan: ImageQuery.Plan = .find, on engine: DatabaseEngine) -> SQLPiece? {
    guard !clauses.isEmpty else { return nil }
    var piece = SQLPiece(sql: "")
    for clause in clauses {
      let part = clause.sql(plan, on: engine)
      piece.sql += (piece.sql.isEmpty ? "(" : " AND (") + part.sql + ")"
      piece.arguments += part.arguments
    }
    return piece
  }
}

extension Filter.Clause {
  fileprivate func sql(_ plan: ImageQuery.Plan, on engine: DatabaseEngine) -> SQLPiece {
    let column = plan == .walk ? engine.unindexed(field.column) : field.column
    switch condition {
    case .compare(let comparison, let value):
      return SQLPiece(sql: "\(column) \(comparison.sql) ?", arguments: [value])
    case .oneOf(let values):
      let marks = repeatElement("?", count: values.count).joined(separator: ",")
      return SQLPiece(sql: "\(column) IN (\(marks))", arguments: values)
    case .like(let pattern) where engine == .postgresql: return sql(pattern, plan)
    case .like(let pattern):
      let searches = plan == .find
      let matched = searches ? column : engine.unindexed(field.column)
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

  /// The condition in PostgreSQL, whose LIKE heeds the case of letters: of columns that are
  /// compared by bytes, `lower` changes the letters of ASCII alone.
  private func sql(_ pattern: LikePattern, _ plan: ImageQuery.Plan) -> SQLPiece {
    let column = "lower(\(field.column))"
    var piece = SQLPiece(
      sql: "\(column) LIKE ? ESCAPE ''", arguments: [.text(pattern.widened.loweredInASCII)])
    if plan == .find, let range = pattern.prefixRange {
      piece.sql += " AND \(column) >= ? AND \(column) < ?"
      piece.arguments += [.text(range.from), .text(range.below)]
    }
    return piece
  }
}

extension Filter {
  /// Returns whether an engine lets rows pass that do not match.
  func isWidened(on engine: DatabaseEngine) -> Bool {
    engine == .postgresql
      && clauses.contains {
        if case .like(let pattern) = $0.condition { !pattern.isASCII } else { false }
      }
  }
}

extension String {
  /// The text with the capital letters of ASCII as small ones, and all else as it is.
  var loweredInASCII: String {
    String(
      decoding: utf8.map { (0x41...0x5A).contains($0) ? $0 + 0x20 : $0 }, as: UTF8.self)
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
  /// they were found. `backwards` begins at the end.
  func sql(
    stored: String, ascends: Bool = true, walks: Bool = true, backwards: Bool = false,
    on engine: DatabaseEngine
  ) -> String {
    let columns = terms.map { ($0.field.column, $0.ascends) } + [(stored, ascends)]
    return columns.map { column, ascends in
      let column = walks ? column : engine.unindexed(column)
      return "\(column) \(engine.direction(ascends != backwards, of: column))"
    }.joined(separator: ", ")
  }
}

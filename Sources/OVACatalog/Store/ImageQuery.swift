/// Which images are asked for, and in what order.
public struct ImageQuery: Hashable, Sendable {
  /// Whose images.
  public enum Scope: Hashable, Sendable {
    /// Those that everybody sees.
    case everybody
    /// Those of one user.
    case user(String)
    /// All.
    case all
  }

  public var scope: Scope
  public var filter: Filter
  public var sort: Sort

  /// Makes a query.
  public init(scope: Scope, filter: Filter = .everything, sort: Sort = .stored) {
    self.scope = scope
    self.filter = filter
    self.sort = sort
  }
}

/// A page of a list and how long the whole list is.
public struct Page<Row: Sendable>: Sendable {
  public var rows: [Row]
  public var total: Int
}

extension Page: Equatable where Row: Equatable {}

extension ImageQuery.Scope {
  var sql: SQLPiece {
    switch self {
    case .everybody: SQLPiece(sql: "public = 1 AND gone_at IS NULL")
    case .user(let name): SQLPiece(sql: "owner = ? AND gone_at IS NULL", arguments: [.text(name)])
    case .all: SQLPiece(sql: "gone_at IS NULL")
    }
  }
}

extension ImageQuery {
  /// `WHERE …` over the table `images`.
  var condition: SQLPiece {
    var piece = scope.sql
    piece.sql = "WHERE " + piece.sql
    if let filter = filter.sql {
      piece.sql += " AND " + filter.sql
      piece.arguments += filter.arguments
    }
    return piece
  }

  var order: String { "ORDER BY " + sort.sql(stored: "position") }

  /// Whether an index brings the rows in the order asked for.
  var hasIndexedOrder: Bool {
    guard let first = sort.terms.first else { return true }
    return scope == .everybody && ["path", "name", "updated_on"].contains(first.field.name)
      || first.field.name == "id"
  }
}

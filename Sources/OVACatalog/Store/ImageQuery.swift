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

/// A page's rows as finished JSON.
public struct RenderedPage: Hashable, Sendable {
  /// The rows with commas between them, without brackets.
  public var json: [UInt8]
  /// Rows on the page.
  public var count: Int
  /// Rows of the whole list.
  public var total: Int

  /// Makes a page of rows that are written already.
  public init(json: [UInt8], count: Int, total: Int) {
    self.json = json
    self.count = count
    self.total = total
  }
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
  /// How SQLite is to go about a query.
  enum Plan {
    /// Finds the rows first and sorts them then: right for few of many.
    case find
    /// Walks an index in the order asked for and leaves out rows on the way: right for many.
    case walk
  }

  /// `WHERE …` over the table `images`.
  func condition(_ plan: Plan) -> SQLPiece {
    var piece = scope.sql
    piece.sql = "WHERE " + piece.sql
    if let filter = filter.sql(searches: plan == .find) {
      piece.sql += " AND " + filter.sql
      piece.arguments += filter.arguments
    }
    return piece
  }

  func order(_ plan: Plan) -> String {
    "ORDER BY " + sort.sql(stored: "position", walks: plan == .walk)
  }

  /// Whether an index brings the rows in the order asked for.
  var hasIndexedOrder: Bool {
    guard let first = sort.terms.first else { return true }
    return scope == .everybody && ["path", "name", "updated_on"].contains(first.field.name)
      || first.field.name == "id"
  }

  /// Up to so many rows a filter's finds are sorted and kept; of more, every tenth row of a
  /// million is one, and walking is cheap.
  private static let fewRows = 100_000
  /// Rows that are walked to a page; pages further down come from the order that is kept.
  private static let walkedRows = 1000

  /// Whether a page is walked to; else it comes from the order of all ids, which is kept.
  func walks(to paging: Paging, total: Int) -> Bool {
    if total <= Self.walkedRows, filter == .everything { return true }
    guard hasIndexedOrder, paging.offset <= Self.walkedRows else { return false }
    return filter == .everything || total > Self.fewRows
  }
}

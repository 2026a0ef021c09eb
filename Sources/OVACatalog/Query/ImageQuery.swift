/// A selection of images and their order.
public struct ImageQuery: Hashable, Sendable {
  /// The images that a query ranges over.
  public enum Scope: Hashable, Sendable {
    /// Those that everybody sees.
    case everybody
    /// Those of one user.
    case user(String)
    /// All.
    case all
  }

  /// The images that may be seen.
  public var scope: Scope
  /// The condition on them.
  public var filter: Filter
  /// Words that must occur in what is known of an image.
  public var search: SearchWords
  /// The order.
  public var sort: Sort

  /// Makes a query.
  public init(
    scope: Scope, filter: Filter = .everything, search: SearchWords = .none, sort: Sort = .stored
  ) {
    self.scope = scope
    self.filter = filter
    self.search = search
    self.sort = sort
  }

  /// The same rows in their stored order.
  var unsorted: ImageQuery { ImageQuery(scope: scope, filter: filter, search: search) }

  /// True if rows of the scope are left out.
  var isSearch: Bool { filter != .everything || !search.isEmpty }
}

/// A page of a list and how long the whole list is.
public struct Page<Row: Sendable>: Sendable {
  /// The rows of the page.
  public var rows: [Row]
  /// The number of rows on all pages.
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
  /// The state of the list of images; the same page of the same state has the same rows.
  public var generation: Int64

  /// Makes a page of rows that are written already.
  public init(json: [UInt8], count: Int, total: Int, generation: Int64) {
    self.json = json
    self.count = count
    self.total = total
    self.generation = generation
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
  /// Returns whether an engine finds more rows than the query means; its caller then picks those
  /// that match.
  func isWidened(on engine: DatabaseEngine) -> Bool {
    filter.isWidened(on: engine) || search.isWidened(on: engine)
  }

  /// The ways in which an engine runs a query.
  enum Plan {
    /// Finds the rows first and sorts them then: right for few of many.
    case find
    /// Walks an index in the order asked for and leaves out rows on the way: right for a page whose
    /// rows are soon met.
    case walk
    /// Walks if the engine thinks so: right for whole lists, whose rows are not to be held.
    case choose
  }

  /// `WHERE …` over the table `images`.
  func condition(_ plan: Plan, on engine: DatabaseEngine) -> SQLPiece {
    var piece = scope.sql
    piece.sql = "WHERE " + piece.sql
    if let filter = filter.sql(plan, on: engine) {
      piece.sql += " AND " + filter.sql
      piece.arguments += filter.arguments
    }
    if let search = search.sql(on: engine) {
      piece.sql += " AND " + search.sql
      piece.arguments += search.arguments
    }
    return piece
  }

  /// `ORDER BY …`; `backwards` is the order from its end.
  func order(_ plan: Plan, backwards: Bool = false, on engine: DatabaseEngine) -> String {
    let order = Sort(terms: decidingTerms)
    return "ORDER BY "
      + order.sql(
        stored: "position", walks: plan != .find, backwards: backwards, on: engine)
  }

  /// The terms of the order that can decide anything: what everybody sees is public.
  var decidingTerms: [Sort.Term] {
    scope == .everybody ? sort.terms.filter { $0.field.name != "public" } : sort.terms
  }

  /// Fields of which an index brings the public rows in order.
  private static let indexedFields: Set = [
    "created_on", "data_store", "folder", "id", "label", "name", "path", "updated_on",
  ]

  /// Steps along an index that cost little more than the first page.
  private static let cheapSteps = 20_000
  /// Steps at each of which a row is looked at, or sorted among those of the same value.
  private static let costlySteps = 2_000

  /// The walk along an index, from the nearer end, that meets the page soon; nil when the page is
  /// better taken from the order of all ids, which is kept.
  ///
  /// - Parameters:
  ///   - total: rows that the query finds.
  ///   - all: rows of the scope.
  ///   - server: how a server's pages are met.
  func walk(
    to paging: Paging, total: Int, of all: Int, on engine: DatabaseEngine, _ server: ServerWalk
  ) -> Walk? {
    let rows = min(paging.perPage, total - paging.offset)
    let rest = total - paging.offset - rows
    let terms = decidingTerms
    let backwards = rest < paging.offset
    let walk = Walk(rows: rows, skipping: backwards ? rest : paging.offset, backwards: backwards)
    // The order of all ids would have to come from the server: the rows before are walked once.
    if engine == .postgresql, total > server.mostIDs {
      guard walk.skipping > server.distance else { return walk }
      return Walk(
        rows: rows, skipping: paging.offset % server.distance, backwards: false,
        anchor: paging.offset / server.distance)
    }
    if let first = terms.first {
      let isIndexed =
        first.field.name == "id"
        || scope == .everybody && Self.indexedFields.contains(first.field.name)
      // Rows of one store are too many to be sorted at each page.
      let isSorted = first.field.name == "data_store" && (terms.count > 1 || !first.ascends)
      guard isIndexed, !isSorted else { return nil }
    }
    let isPlain = terms.isEmpty || terms.count == 1 && terms[0].ascends
    let (met, overflow) = ((backwards ? rest : paging.offset) + rows)
      .multipliedReportingOverflow(by: isSearch ? max(all / max(total, 1), 1) : 1)
    guard !overflow, met <= (isPlain && !isSearch ? Self.cheapSteps : Self.costlySteps) else {
      return nil
    }
    // Fewer rows than steps are found and sorted faster.
    guard !isSearch || met < total else { return nil }
    return walk
  }

  /// A way along an index.
  struct Walk {
    var rows: Int
    var skipping: Int
    var backwards: Bool
    /// The kept row that it begins behind, from 1; 0 where it begins with the first row.
    var anchor = 0
  }
}

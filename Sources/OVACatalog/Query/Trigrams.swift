/// The trigrams that the text of every row that a query finds must have.
///
/// The index narrows a query to few candidates, which are then looked at like all other rows: it
/// may name too many rows and never misses one.
struct Trigrams: Hashable {
  /// The expressions that a candidate meets, each in one of its tables.
  var expressions: [Expression]

  /// A set of trigrams that stand together in one text.
  struct Expression: Hashable {
    /// The condition in FTS5's language: `"ubu" AND "ntu"`.
    var match: String
    /// True if the text may be the package's as well as the image's.
    var isOfPackages: Bool
  }

  /// Fields whose text is in the index.
  private static let fields: Set = ["folder", "label", "name", "path"]
  /// Trigrams of an expression; more of them narrow little.
  private static let most = 12
  private static let length = 3

  /// Nil when the query says nothing that the index holds, or when another one finds its rows.
  init?(_ query: ImageQuery) {
    var runs: [[UInt8]] = []
    for clause in query.filter.clauses {
      guard case .like(let pattern) = clause.condition, Self.fields.contains(clause.field.name)
      else { continue }
      // The beginning of a name has an index in order.
      if clause.field.name == "name", pattern.prefixRange != nil { return nil }
      runs += pattern.fixedRuns(ofAtLeast: Self.length)
    }
    expressions = []
    if let match = Self.expression(runs) {
      expressions.append(Expression(match: match, isOfPackages: false))
    }
    // One word is enough, and the longest is the rarest. Others are compared by whole letters,
    // which may be written in several ways.
    let words = query.search.words.filter { $0.utf8.allSatisfy { $0 < 0x80 } }
    if let word = words.max(by: { $0.utf8.count < $1.utf8.count }),
      let match = Self.expression([Array(word.lowercased().utf8)])
    {
      expressions.append(Expression(match: match, isOfPackages: true))
    }
    guard !expressions.isEmpty else { return nil }
  }

  /// Trigrams side by side that cover runs of characters; nil when no run has so many.
  private static func expression(_ runs: [[UInt8]]) -> String? {
    var trigrams: [String] = []
    for run in runs where run.count >= length {
      let last = run.count - length
      for start in Array(stride(from: 0, to: last, by: length)) + [last] {
        let text = String(decoding: run[start..<start + length], as: UTF8.self)
        if !trigrams.contains(text) { trigrams.append(text) }
      }
    }
    guard !trigrams.isEmpty else { return nil }
    return trigrams.prefix(most).map { "\"\($0.replacing("\"", with: "\"\""))\"" }
      .joined(separator: " AND ")
  }
}

extension Trigrams {
  /// A query for the ids of the candidates, in the column `candidate`.
  var sql: SQLPiece {
    var piece = SQLPiece(sql: "")
    for expression in expressions {
      let tables =
        expression.isOfPackages ? ["image_trigrams", "package_trigrams"] : ["image_trigrams"]
      let selects = tables.map { "SELECT rowid AS candidate FROM \($0) WHERE \($0) MATCH ?" }
      piece.sql += piece.sql.isEmpty ? "" : " INTERSECT "
      piece.sql +=
        selects.count == 1
        ? selects[0] : "SELECT candidate FROM (\(selects.joined(separator: " UNION ")))"
      piece.arguments += selects.map { _ in .text(expression.match) }
    }
    return piece
  }
}

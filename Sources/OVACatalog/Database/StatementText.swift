/// Pieces of statements that are put together.
enum StatementText {
  /// So many parameters with commas between them.
  static func marks(_ count: Int) -> String {
    repeatElement("?", count: count).joined(separator: ",")
  }

  /// A statement that puts in a row, in place of one of the same key; its parameters are the key's
  /// columns and then the others.
  static func upsert(_ table: String, key: [String], _ columns: [String]) -> String {
    """
    INSERT INTO \(table) (\((key + columns).joined(separator: ", ")))
    VALUES (\(marks(key.count + columns.count)))
    ON CONFLICT (\(key.joined(separator: ", "))) DO UPDATE SET \
    \(columns.map { "\($0) = excluded.\($0)" }.joined(separator: ", "))
    """
  }
}

/// The SQL that the engines spell differently.
extension DatabaseEngine {
  /// A sum as a floating-point number, which nothing is too large for; 0 for no rows.
  func total(_ expression: String) -> String {
    switch self {
    case .sqlite: "total(\(expression))"
    case .postgresql: "coalesce(sum(\(expression)), 0)::double precision"
    }
  }

  /// All values of a group as a JSON array of texts.
  func jsonArray(of expression: String) -> String {
    switch self {
    case .sqlite: "json_group_array(\(expression))"
    case .postgresql: "json_agg(\(expression))"
    }
  }

  /// The items of a JSON array as a table of one column, `value`.
  func items(of expression: String, as table: String) -> String {
    switch self {
    case .sqlite: "json_each(\(expression)) \(table)"
    case .postgresql: "json_array_elements(\(expression)::json) \(table)(value)"
    }
  }

  /// The place of a text in another one, from 1; 0 where it does not occur.
  func position(of part: String, in text: String) -> String {
    switch self {
    case .sqlite: "instr(\(text), \(part))"
    case .postgresql: "strpos(\(text), \(part))"
    }
  }

  /// A column by which no index is searched or walked; PostgreSQL weighs that itself.
  func unindexed(_ column: String) -> String {
    switch self {
    case .sqlite: "+\(column)"
    case .postgresql: column
    }
  }

  /// The direction of an order in which null comes before everything.
  func direction(_ ascends: Bool, of column: String) -> String {
    let isNullable = Self.isNullable(column)
    switch self {
    case .sqlite: return ascends ? "ASC" : "DESC"
    // Only where there may be any: an index of other nulls would not be walked.
    case .postgresql:
      return (ascends ? "ASC" : "DESC") + (isNullable ? " NULLS \(ascends ? "FIRST" : "LAST")" : "")
    }
  }

  /// Returns true if a column that lists are ordered by may be null.
  static func isNullable(_ column: String) -> Bool { ["folder", "task_id"].contains(column) }

  /// Behind the name of a table: the index that it is to be read by, for an engine that would not
  /// find it by itself.
  func indexed(by index: String) -> String {
    switch self {
    case .sqlite: "INDEXED BY \(index)"
    case .postgresql: ""
    }
  }
}

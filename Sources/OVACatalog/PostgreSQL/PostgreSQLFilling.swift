import OVABasics

/// The filling of a catalog that has no images yet, by COPY into a table that lasts as long as the
/// transaction; what is in it becomes images once it is known that no two of them clash.
struct PostgreSQLFilling {
  private let connection: PostgreSQLConnection
  private var lines: [UInt8] = []
  private var count: Int64 = 0

  private static let columns = """
    id, data_store, path, name, folder, label, public, owner, created_on, updated_on, position
    """
  /// Bytes that are sent at once.
  private static let piece = 1 << 20

  init(_ connection: PostgreSQLConnection) throws {
    self.connection = connection
    try connection.run(
      """
      CREATE TEMPORARY TABLE filling ON COMMIT DROP AS
        SELECT \(Self.columns) FROM images WITH NO DATA
      """)
  }

  /// Puts a record in, behind those before it.
  mutating func insert(_ record: Record, owner: String?) throws {
    count += 1
    try PostgreSQLText.appendRow(
      [
        record.id, record.dataStore, record.path, record.name, record.folder, record.label,
        record.isPublic, owner, record.createdOn, record.updatedOn, count,
      ], to: &lines)
    if lines.count >= Self.piece { try send() }
  }

  private mutating func send() throws {
    var next: [UInt8]? = lines
    lines.removeAll(keepingCapacity: true)
    try connection.copyIn("COPY filling (\(Self.columns)) FROM STDIN") {
      defer { next = nil }
      return next
    }
  }

  /// Makes images of all records; returns why they cannot be: two have one id or one path.
  mutating func finish() throws -> String? {
    try send()
    try connection.run("ANALYZE filling")
    if let clash = try clash(over: "id", shown: "id", { "the id \($0)" })
      ?? clash(over: "data_store, path", shown: "path", { "the path '\($0.forDisplay)'" })
    {
      return clash
    }
    try connection.run(
      "INSERT INTO images (\(Self.columns)) SELECT \(Self.columns) FROM filling ORDER BY position")
    return nil
  }

  /// The first record that has in common with one before it what no two may.
  private func clash(
    over key: String, shown: String, _ words: (String) -> String
  ) throws -> String? {
    let result = try connection.run(
      """
      SELECT first, position, \(shown) FROM (
        SELECT position, \(shown), min(position) OVER (PARTITION BY \(key)) AS first FROM filling
        ) AS records
      WHERE first < position ORDER BY position LIMIT 1
      """)
    guard result.count > 0, let first: Int64 = result.value(0, 0),
      let second: Int64 = result.value(0, 1), let value: String = result.value(0, 2)
    else { return nil }
    return "records \(first) and \(second) both have \(words(value))"
  }
}

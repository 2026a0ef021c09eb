import OVABasics

/// Records that a catalog takes in, by COPY into a table that lasts as long as the transaction; what
/// is in it becomes images once it is known that none of them clashes with another one.
struct PostgreSQLFilling {
  private let connection: PostgreSQLConnection
  private var lines: [UInt8] = []
  private var count: Int64 = 0

  private static let columns = """
    id, data_store, path, name, folder, label, public, owner, created_on, updated_on, position
    """
  /// The number of records from which on it pays to make the indexes at the end.
  private static let many = 5_000
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

  /// A reason not to take the records in.
  enum Clash {
    /// Two of them have one id or one path.
    case between(String)
    /// One of them has the id or the path of another image; `path` is the record's.
    case withImage(path: String, String)
  }

  /// The number of images that were put in or changed, or the reason that none was.
  enum Result {
    case written(Int)
    case clash(Clash)
  }

  /// Makes images of all records, behind those that are there. An image that has a record's id and
  /// path is brought up to date and keeps its place; one that is there just so is not written.
  /// - Parameters:
  ///   - last: the place of the last image that is there; nil where there is none.
  mutating func finish(behind last: Int64?) throws -> Result {
    try send()
    try connection.run("ANALYZE filling")
    if let clash = try clash(over: "id", shown: "id", { "the id \($0)" })
      ?? clash(over: "data_store, path", shown: "path", { "the path '\($0.forDisplay)'" })
    {
      return .clash(.between(clash))
    }
    guard let last else {
      func fill() throws -> Result {
        .written(
          try connection.run(
            "INSERT INTO images (\(Self.columns)) SELECT \(Self.columns) FROM filling "
              + "ORDER BY position"
          ).changes)
      }
      return try count < Self.many ? fill() : connection.withoutIndexes(of: "images", fill)
    }
    if let clash = try clashWithImage() { return .clash(clash) }
    let updated = ["name", "folder", "label", "public", "owner", "created_on", "updated_on"]
    func list(_ table: String) -> String {
      updated.map { "\(table).\($0)" }.joined(separator: ", ")
    }
    return .written(
      try connection.run(
        """
        UPDATE filling SET position = position + \(last);
        INSERT INTO images (\(Self.columns)) SELECT \(Self.columns) FROM filling ORDER BY position
        ON CONFLICT (id) DO UPDATE
        SET \(updated.map { "\($0) = excluded.\($0)" }.joined(separator: ", ")), gone_at = NULL
        WHERE (\(list("images"))) IS DISTINCT FROM (\(list("excluded")))
          OR images.gone_at IS NOT NULL
        """
      ).changes)
  }

  /// The first record that has what belongs to another image.
  private func clashWithImage() throws -> Clash? {
    let result = try connection.run(
      """
      SELECT filling.path, filling.id, by_path.id, by_id.path FROM filling
      LEFT JOIN images by_path
        ON by_path.data_store = filling.data_store AND by_path.path = filling.path
      LEFT JOIN images by_id ON by_id.id = filling.id
      WHERE by_path.id <> filling.id OR (by_path.id IS NULL AND by_id.id IS NOT NULL)
      ORDER BY filling.position LIMIT 1
      """)
    guard result.count > 0, let path: String = result.value(0, 0),
      let id: Int64 = result.value(0, 1)
    else { return nil }
    if let other: Int64 = result.value(0, 2) {
      return .withImage(path: path, Self.otherID(path, other))
    }
    return .withImage(path: path, Self.otherPath(id, result.value(0, 3) ?? ""))
  }

  /// The words for a path that another image has.
  static func otherID(_ path: String, _ id: Int64) -> String {
    "'\(path.forDisplay)' has the id \(id) already"
  }

  /// The words for an id that another image has.
  static func otherPath(_ id: Int64, _ path: String) -> String {
    "the id \(id) belongs to '\(path.forDisplay)' already"
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

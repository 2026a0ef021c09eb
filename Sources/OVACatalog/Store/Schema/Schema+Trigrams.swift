internal import GRDB

extension Schema {
  /// Creates the index of trigrams: every three characters in a row of the text of images and
  /// packages, in any case, with the numbers of the rows that have them. It narrows a search; rows
  /// decide.
  static func trigrams(_ db: GRDB.Database) throws {
    try db.execute(sql: leanIndexes)
    guard try supportsTrigrams(db) else { return }
    try db.execute(sql: trigramTables)
    for trigger in imageTriggers + packageTriggers { try db.execute(sql: trigger) }
    try fillImageTrigrams(db)
    try db.execute(
      sql: """
        INSERT INTO package_trigrams (rowid, words)
          SELECT image, \(packageWords("packages")) FROM packages
        """)
  }

  /// Returns whether the SQLite in use has FTS5 with its trigram tokenizer, which came with 3.34.
  private static func supportsTrigrams(_ db: GRDB.Database) throws -> Bool {
    try Bool.fetchOne(
      db,
      sql: """
        SELECT sqlite_compileoption_used('ENABLE_FTS5')
          AND (SELECT CAST(substr(v, 1, instr(v, '.') - 1) AS INTEGER) * 1000
            + CAST(substr(v, instr(v, '.') + 1) AS INTEGER) FROM (SELECT sqlite_version() AS v))
            >= 3034
        """) ?? false
  }

  /// Indexes that hold only rows they are asked for, and one more field that lists are sorted by.
  private static let leanIndexes = """
    DROP INDEX images_walked;
    CREATE INDEX images_walked ON images (repository, parent, path)
      WHERE repository IS NOT NULL AND gone_at IS NULL;
    DROP INDEX owner_position;
    CREATE INDEX owner_position ON images (owner, position)
      WHERE owner IS NOT NULL AND gone_at IS NULL;
    DROP INDEX public_name_any_case;
    CREATE INDEX public_name_any_case
      ON images (name COLLATE NOCASE, path, position, updated_on, created_on, public, gone_at)
      WHERE public = 1 AND gone_at IS NULL;
    """

  private static let trigramTables = """
    CREATE VIRTUAL TABLE image_trigrams
      USING fts5 (words, content = '', columnsize = 0, detail = none, tokenize = 'trigram');
    CREATE VIRTUAL TABLE package_trigrams
      USING fts5 (words, content = '', columnsize = 0, detail = none, tokenize = 'trigram');
    """

  /// Indexes all images anew.
  static func fillImageTrigrams(_ db: GRDB.Database) throws {
    try db.execute(
      sql: """
        INSERT INTO image_trigrams (image_trigrams) VALUES ('delete-all');
        INSERT INTO image_trigrams (rowid, words) SELECT id, \(imageWords("images")) FROM images;
        """)
  }

  /// The text of an image that searches and filters look into; the path has most of it.
  private static func imageWords(_ row: String) -> String {
    let parts = ["label", "name", "folder"].map { column in
      """
       || iif(\(row).\(column) IS NULL OR instr(\(row).path, \(row).\(column)) > 0, '',
          char(10) || \(row).\(column))
      """
    }
    return "\(row).path" + parts.joined()
  }

  /// The text of a package that searches look into besides its image's.
  private static func packageWords(_ row: String) -> String {
    ["product", "vendor", "version", "guest_system", "further"]
      .map { "coalesce(\(row).\($0), '')" }.joined(separator: " || char(10) || ")
  }

  private static let imageTriggers = [
    """
    CREATE TRIGGER image_trigrams_added AFTER INSERT ON images BEGIN
      INSERT INTO image_trigrams (rowid, words) VALUES (new.id, \(imageWords("new")));
    END
    """,
    """
    CREATE TRIGGER image_trigrams_changed AFTER UPDATE OF path, label, name, folder ON images
    WHEN \(imageWords("new")) IS NOT \(imageWords("old")) BEGIN
      INSERT INTO image_trigrams (image_trigrams, rowid, words)
        VALUES ('delete', old.id, \(imageWords("old")));
      INSERT INTO image_trigrams (rowid, words) VALUES (new.id, \(imageWords("new")));
    END
    """,
  ]

  private static let packageTriggers = [
    """
    CREATE TRIGGER package_trigrams_added AFTER INSERT ON packages BEGIN
      INSERT INTO package_trigrams (rowid, words) VALUES (new.image, \(packageWords("new")));
    END
    """,
    """
    CREATE TRIGGER package_trigrams_changed
    AFTER UPDATE OF product, vendor, version, guest_system, further ON packages
    WHEN \(packageWords("new")) IS NOT \(packageWords("old")) BEGIN
      INSERT INTO package_trigrams (package_trigrams, rowid, words)
        VALUES ('delete', old.image, \(packageWords("old")));
      INSERT INTO package_trigrams (rowid, words) VALUES (new.image, \(packageWords("new")));
    END
    """,
    """
    CREATE TRIGGER package_trigrams_removed AFTER DELETE ON packages BEGIN
      INSERT INTO package_trigrams (package_trigrams, rowid, words)
        VALUES ('delete', old.image, \(packageWords("old")));
    END
    """,
  ]
}

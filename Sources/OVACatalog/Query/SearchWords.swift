/// Words that images are searched for. Each must occur in the label (folder and name), the product,
/// its version, the vendor or the guest system; their order does not matter.
///
/// Every character stands for itself, also `%` and `_`, and the case of letters does not matter.
public struct SearchWords: Hashable, Sendable {
  /// The words in the order given, each once.
  public let words: [String]

  /// No words: every image is found.
  public static let none = SearchWords(words: [])

  /// Words of a search; one with more is refused.
  public static let most = 64

  private init(words: [String]) { self.words = words }

  /// Splits a text at white space.
  ///
  /// Throws `.invalidParameterValue` when there are too many words, or a NUL.
  public init(_ text: String) throws(CatalogError) {
    guard !text.utf8.contains(0) else { throw .invalidParameter("q", "holds a NUL") }
    var words: [String] = []
    for part in text.split(whereSeparator: \.isWhitespace) where !words.contains(String(part)) {
      guard words.count < Self.most else {
        throw .invalidParameter("q", "more than \(Self.most) words")
      }
      words.append(String(part))
    }
    self.words = words
  }

  /// True if everything is found.
  public var isEmpty: Bool { words.isEmpty }
}

extension SearchWords {
  /// The name of the SQL function that finds words beyond ASCII: (text, word).
  static let containsFunction = "ova_contains"

  /// Returns whether a word occurs in a text, whatever the case of letters and however accents are
  /// encoded.
  static func occurs(_ word: String, in text: String) -> Bool {
    text.lowercased().contains(word.lowercased())
  }

  /// The words that SQL cannot find in the case of all letters.
  private var beyondASCII: [String] { words.filter { !$0.utf8.allSatisfy { $0 < 0x80 } } }

  /// Returns whether an engine lets rows pass in which not all words occur.
  func isWidened(on engine: DatabaseEngine) -> Bool {
    engine == .postgresql && !beyondASCII.isEmpty
  }

  /// Returns whether all words occur in a text.
  func occur(in text: String) -> Bool { words.allSatisfy { Self.occurs($0, in: text) } }

  /// The condition over the table `images`; nil when everything is found.
  func sql(on engine: DatabaseEngine) -> SQLPiece? {
    guard !isEmpty else { return nil }
    switch engine {
    case .sqlite: return sqlite
    case .postgresql: return postgresql
    }
  }

  /// The text that is searched of an image, as an expression over `images`.
  static let text =
    "images.label || chr(10) || coalesce((SELECT \(packageText) FROM packages "
    + "WHERE packages.image = images.id), '')"

  /// The text that is searched of a package, as an expression over `packages` in PostgreSQL.
  static let packageText = ["product", "vendor", "version", "guest_system", "further"]
    .map { "coalesce(\($0), '')" }.joined(separator: " || chr(10) || ")

  /// Each word in the label or the facts, of which each has an index. Nobody asks the database for
  /// words beyond ASCII, which ``occur(in:)`` finds.
  private var postgresql: SQLPiece? {
    var piece = SQLPiece(sql: "")
    for word in words where word.utf8.allSatisfy({ $0 < 0x80 }) {
      let pattern = FieldValue.text("%\(Self.escaped(word).loweredInASCII)%")
      piece.sql += piece.sql.isEmpty ? "" : " AND "
      piece.sql += #"""
        id IN (SELECT i.id FROM images i WHERE lower(i.label) LIKE ? ESCAPE '\' UNION
          SELECT image FROM packages WHERE lower(\#(Self.packageText)) LIKE ? ESCAPE '\')
        """#
      piece.arguments += [pattern, pattern]
    }
    return piece.sql.isEmpty ? nil : piece
  }

  /// The facts come from an index that holds nothing else: rows of `packages` are long.
  private var sqlite: SQLPiece {
    var piece = SQLPiece(sql: "")
    for word in words {
      piece.sql += piece.sql.isEmpty ? "" : " AND "
      if word.utf8.allSatisfy({ $0 < 0x80 }) {
        piece.sql += #"text LIKE ? ESCAPE '\'"#
        piece.arguments.append(.text("%\(Self.escaped(word))%"))
      } else {
        piece.sql += "\(Self.containsFunction)(text, ?)"
        piece.arguments.append(.text(word))
      }
    }
    // Words hold no line feed, so that none is found across two facts.
    piece.sql = """
      EXISTS (SELECT 1 FROM (SELECT images.label || char(10) || coalesce((
        SELECT coalesce(p.product, '') || char(10) || coalesce(p.vendor, '') || char(10)
          || coalesce(p.version, '') || char(10) || coalesce(p.guest_system, '') || char(10)
          || coalesce(p.further, '')
        FROM packages p INDEXED BY packages_search WHERE p.image = images.id), '') AS text)
        WHERE \(piece.sql))
      """
    return piece
  }

  /// The names of all machines and products in the document of a row of `packages`, a line each:
  /// the columns hold only the first of each.
  static func further(on engine: DatabaseEngine) -> String {
    switch engine {
    case .sqlite: further
    case .postgresql: furtherOnPostgreSQL
    }
  }

  /// A value that is no text counts where SQLite's `coalesce` would take it, and is then left out.
  private static let furtherOnPostgreSQL: String = {
    func items(_ key: String) -> String {
      """
      (SELECT value FROM json_array_elements(
        CASE json_typeof(document::json -> '\(key)') WHEN 'array' THEN document::json -> '\(key)'
        END) AS items(value) WHERE json_typeof(value) = 'object') AS \(key)
      """
    }
    let systems = items("virtual_systems")
    func present(_ key: String) -> String {
      "nullif((value #> '{operating_system,\(key)}')::text, 'null')"
    }
    return """
      (SELECT string_agg(said, chr(10) ORDER BY said) FROM (
        SELECT DISTINCT (said::json #>> '{}') COLLATE "C" AS said FROM (
          SELECT (value -> 'name')::text AS said FROM \(systems)
          UNION ALL SELECT coalesce(
            \(present("description")), \(present("cim_name")), \(present("vmware_type")))
            FROM \(systems)
          UNION ALL SELECT (value -> 'product')::text FROM \(items("products"))
          UNION ALL SELECT (value -> 'vendor')::text FROM \(items("products"))) AS facts
        WHERE json_typeof(said::json) = 'string') AS texts)
      """
  }()

  static let further = """
    (SELECT group_concat(said, char(10)) FROM (
      SELECT json_extract(value, '$.name') AS said
        FROM json_each(document, '$.virtual_systems') WHERE type = 'object'
      UNION SELECT coalesce(json_extract(value, '$.operating_system.description'),
          json_extract(value, '$.operating_system.cim_name'),
          json_extract(value, '$.operating_system.vmware_type'))
        FROM json_each(document, '$.virtual_systems') WHERE type = 'object'
      UNION SELECT json_extract(value, '$.product')
        FROM json_each(document, '$.products') WHERE type = 'object'
      UNION SELECT json_extract(value, '$.vendor')
        FROM json_each(document, '$.products') WHERE type = 'object')
      WHERE typeof(said) = 'text')
    """

  private static func escaped(_ word: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in word.unicodeScalars {
      if scalar == "%" || scalar == "_" || scalar == "\\" { result.append("\\") }
      result.append(scalar)
    }
    return String(result)
  }
}

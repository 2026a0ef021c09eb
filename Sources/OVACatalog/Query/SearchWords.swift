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

  /// The condition over the table `images`; nil when everything is found.
  ///
  /// The facts come from an index that holds nothing else: rows of `packages` are long.
  var sql: SQLPiece? {
    guard !isEmpty else { return nil }
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

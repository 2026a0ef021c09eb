public import OVABasics

/// The order of a list: `path,asc;id,desc`. Rows that tie keep their stored order.
public struct Sort: Hashable, Sendable {
  /// One of the keys.
  public struct Term: Hashable, Sendable {
    /// The field that decides.
    public let field: Field
    /// True if small values come first.
    public let ascends: Bool
  }

  /// The first decides, the next where it ties; none at all is the stored order.
  public let terms: [Term]

  /// The stored order.
  public static let stored = Sort(terms: [])

  init(terms: [Term]) { self.terms = terms }

  /// Reads the language; a direction left out is `asc`. Nil, empty and `None,None` sort nothing.
  ///
  /// Throws `.invalidParameterValue` that says which part has no meaning.
  public init(_ text: String?, fields: FieldSet = .images) throws(CatalogError) {
    guard let text, !text.isExactly("None,None") else {
      self = .stored
      return
    }
    var terms: [Term] = []
    for part in text.utf8.split(separator: UInt8(ascii: ";")) {
      let words = part.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
        .map { String(Substring($0)) }
      let field = try fields.known(words.first ?? "", in: "sort")
      let direction = words.count > 1 ? words[1] : "asc"
      guard words.count <= 2, ["asc", "desc"].contains(where: direction.isExactly) else {
        throw .invalidParameter(
          "sort", "'\(Filter.shown(String(Substring(part))))' is not of the form <field>,<asc|desc>"
        )
      }
      // A second mention of a field can decide nothing more.
      if !terms.contains(where: { $0.field == field }) {
        terms.append(Term(field: field, ascends: direction == "asc"))
      }
    }
    self.terms = terms
  }

  /// The rows in the order asked for; their given order is the stored one.
  public func sorted<Row: FieldRow>(_ rows: [Row]) -> [Row] {
    guard !terms.isEmpty else { return rows }
    return rows.enumerated().sorted { a, b in
      for term in terms {
        let (x, y) = (a.element.value(of: term.field), b.element.value(of: term.field))
        if x.precedes(y) { return term.ascends }
        if y.precedes(x) { return !term.ascends }
      }
      return a.offset < b.offset
    }.map(\.element)
  }
}

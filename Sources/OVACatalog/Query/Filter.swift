public import OVABasics
public import OVATime

/// A condition on rows: `name,like,ubu%;public,eq,true`.
///
/// One language for the command line and the API. A row must meet every clause; a null meets none.
public struct Filter: Hashable, Sendable {
  /// The comparison operators.
  public enum Operator: String, CaseIterable, Sendable {
    case eq, ne, lt, le, gt, ge, like
    case oneOf = "in"
  }

  /// One of the conditions.
  public struct Clause: Hashable, Sendable {
    /// The field that is compared.
    public let field: Field
    /// The condition on its value.
    public let condition: Condition
  }

  /// The condition on a field.
  public enum Condition: Hashable, Sendable {
    case compare(Operator, FieldValue)
    case oneOf([FieldValue])
    case like(LikePattern)
  }

  /// All of them must hold; none at all lets every row pass.
  public let clauses: [Clause]

  /// Lets every row pass.
  public static let everything = Filter(clauses: [])

  /// Bytes of a filter that are looked at; a longer one is refused.
  public static let longest = 32_768
  /// Clauses of a filter; SQLite's own limit is not much more.
  public static let mostClauses = 500

  init(clauses: [Clause]) { self.clauses = clauses }

  /// Reads the language. Nil, empty and `None,None` (an old client's way to say so) ask nothing.
  ///
  /// Throws `.invalidParameterValue` that says which part has no meaning.
  public init(
    _ text: String?, fields: FieldSet = .images, times: APITime
  ) throws(CatalogError) {
    guard let text, !text.isExactly("None,None") else {
      self = .everything
      return
    }
    guard text.utf8.count <= Self.longest else {
      throw .invalidParameter("filter", "longer than \(Self.longest) bytes")
    }
    guard !text.utf8.contains(0) else { throw .invalidParameter("filter", "holds a NUL") }
    var clauses: [Clause] = []
    for part in text.utf8.split(separator: UInt8(ascii: ";"))
    where !part.allSatisfy({ $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }) {
      guard clauses.count < Self.mostClauses else {
        throw .invalidParameter("filter", "more than \(Self.mostClauses) clauses")
      }
      clauses.append(try Self.clause(String(Substring(part)), fields, times))
    }
    self.clauses = clauses
  }

  private static func clause(
    _ text: String, _ fields: FieldSet, _ times: APITime
  ) throws(CatalogError) -> Clause {
    let parts = text.utf8.split(
      separator: UInt8(ascii: ","), maxSplits: 2, omittingEmptySubsequences: false
    ).map { String(Substring($0)) }
    guard parts.count == 3 else {
      throw .invalidParameter(
        "filter", "'\(shown(text))' is not of the form <field>,<operator>,<value>")
    }
    let field = try fields.known(parts[0], in: "filter")
    guard let comparison = Operator(rawValue: parts[1]), parts[1].utf8.allSatisfy({ $0 < 0x80 })
    else {
      let known = Operator.allCases.map(\.rawValue).joined(separator: ", ")
      throw .invalidParameter(
        "filter", "unknown operator '\(shown(parts[1]))' in '\(shown(text))' (known: \(known))")
    }
    let condition: Condition
    switch comparison {
    case .like:
      guard field.kind == .text || field.kind == .status else {
        throw .invalidParameter("filter", field.withoutLike)
      }
      // A status has spaces in one spelling and `_` in the other, which `_` matches both.
      condition = .like(LikePattern(field.kind == .status ? underscored(parts[2]) : parts[2]))
    case .oneOf:
      var values: [FieldValue] = []
      let items = parts[2].utf8.split(
        separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
      for item in items {
        values.append(try value(String(Substring(item)), of: field, times))
      }
      guard values.count <= 10_000 else {
        throw .invalidParameter("filter", "more than 10000 values after 'in'")
      }
      condition = .oneOf(values)
    case .eq, .ne, .lt, .le, .gt, .ge:
      condition = .compare(comparison, try value(parts[2], of: field, times))
    }
    return Clause(field: field, condition: condition)
  }

  private static func value(
    _ text: String, of field: Field, _ times: APITime
  ) throws(CatalogError) -> FieldValue {
    let value: FieldValue?
    let wanted: String
    switch field.kind {
    case .text: return .text(text)
    case .status: return .text(RequestStatus.name(of: text))
    case .integer:
      let digits = text.utf8.first == UInt8(ascii: "-") ? text.utf8.dropFirst() : text.utf8[...]
      let isNumber = !digits.isEmpty && digits.allSatisfy(\.isASCIIDigit)
      value = isNumber ? Int64(text).map(FieldValue.integer) : nil
      if isNumber, value == nil {
        throw .invalidParameter(
          "filter",
          "\(field.name): \(shown(text)) is too large: the limit is \(Int64.max) either way of 0")
      }
      wanted = "a whole number"
    case .flag:
      value = FieldValue.flag(text).map { .flag($0) }
      wanted = "true or false"
    case .time:
      value = times.instant(from: text).map(FieldValue.integer)
      wanted = "a time such as '2017-11-24 15:37:36'"
    }
    guard let value else {
      throw .invalidParameter("filter", "\(field.name): '\(shown(text))' is not \(wanted)")
    }
    return value
  }

  private static func underscored(_ text: String) -> String {
    String(decoding: text.utf8.map { $0 == 0x20 ? UInt8(ascii: "_") : $0 }, as: UTF8.self)
  }

  /// Text from outside, short and safe to show in a message.
  static func shown(_ text: String) -> String {
    let scalars = text.unicodeScalars
    guard scalars.count > 80 else { return text.forDisplay }
    return String(String.UnicodeScalarView(scalars.prefix(80))).forDisplay + "…"
  }

  /// Returns whether a row meets every clause.
  public func matches(_ row: some FieldRow) -> Bool {
    clauses.allSatisfy { $0.matches(row.value(of: $0.field)) }
  }
}

extension Filter.Clause {
  func matches(_ value: FieldValue) -> Bool {
    if value == .null { return false }
    switch condition {
    case .oneOf(let values): return values.contains(value)
    case .like(let pattern):
      guard case .text(let text) = value else { return false }
      return pattern.matches(text)
    case .compare(let comparison, let other):
      switch comparison {
      case .eq: return value == other
      case .ne: return value != other
      case .lt: return value.precedes(other)
      case .le: return !other.precedes(value)
      case .gt: return other.precedes(value)
      case .ge: return !value.precedes(other)
      case .like, .oneOf: return false
      }
    }
  }
}

extension Field {
  /// The message about a field that is not text and is compared by 'like'.
  fileprivate var withoutLike: String {
    let refused = "'\(name)' is \(kindName), and 'like' works on text"
    switch kind {
    case .integer:
      return "\(refused): use eq, ne, lt, le, gt, ge or in, as in '\(name),in,24,25'"
    case .flag: return "\(refused): use eq or ne, as in '\(name),eq,true'"
    case .time:
      let example = "\(name),ge,2017-11-24;\(name),lt,2017-11-25"
      return "\(refused): use ge and lt, as in '\(example)'"
    case .text, .status: return refused
    }
  }

  private var kindName: String {
    switch kind {
    case .integer: "a number"
    case .flag: "true or false"
    case .time: "a time"
    case .text, .status: "text"
    }
  }
}

extension FieldSet {
  func known(_ name: String, in parameter: String) throws(CatalogError) -> Field {
    guard let field = field(named: name) else {
      let known = fields.map(\.name).joined(separator: ", ")
      throw .invalidParameter(
        parameter, "unknown field '\(Filter.shown(name))' (known: \(known))")
    }
    return field
  }
}

import OVABasics

/// A pattern of `like`: `%` is any run of characters, `_` exactly one, all else is literal.
///
/// The case of letters does not matter, and a character is a Unicode scalar. Matching needs time in
/// proportion to text times pattern at worst, whatever the pattern.
public struct LikePattern: Hashable, Sendable {
  private enum Token: Hashable {
    case run
    case one
    case scalar(Unicode.Scalar)
  }

  /// The pattern as given.
  public let text: String
  private let tokens: [Token]

  /// Any text is a pattern.
  public init(_ text: String) {
    self.text = text
    var tokens: [Token] = []
    for scalar in text.unicodeScalars {
      switch scalar {
      case "%": if tokens.last != .run { tokens.append(.run) }
      case "_": tokens.append(.one)
      default: tokens.append(.scalar(Self.folded(scalar)))
      }
    }
    self.tokens = tokens
  }

  /// Equal patterns are the same bytes.
  public static func == (a: LikePattern, b: LikePattern) -> Bool { a.text.isExactly(b.text) }

  public func hash(into hasher: inout Hasher) { text.hashBytes(into: &hasher) }

  /// Returns whether the pattern matches the whole of a text.
  public func matches(_ text: String) -> Bool {
    let scalars = text.unicodeScalars
    var index = scalars.startIndex
    var token = 0
    // The last run met and where its text ended when it was last made longer: on a mismatch only
    // that run grows, earlier ones never have to.
    var retry: (token: Int, index: String.Index)?
    while index < scalars.endIndex {
      if token < tokens.count {
        switch tokens[token] {
        case .run:
          token += 1
          retry = (token, index)
          continue
        case .one:
          token += 1
          scalars.formIndex(after: &index)
          continue
        case .scalar(let wanted) where wanted == Self.folded(scalars[index]):
          token += 1
          scalars.formIndex(after: &index)
          continue
        case .scalar: break
        }
      }
      guard let last = retry else { return false }
      index = scalars.index(after: last.index)
      token = last.token
      retry = (token, index)
    }
    return tokens[token...].allSatisfy { $0 == .run }
  }

  /// The one scalar that all letter cases of a scalar become.
  ///
  /// No scalar outside ASCII becomes one inside (the Kelvin sign stays itself), so that SQLite's
  /// own LIKE, which knows only ASCII's letters, is right for every pattern in ASCII.
  static func folded(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    if scalar.isASCII {
      return (0x41...0x5A).contains(scalar.value)
        ? Unicode.Scalar(UInt8(scalar.value) + 0x20) : scalar
    }
    let upper = single(scalar.properties.uppercaseMapping) ?? scalar
    let lower = single(upper.properties.lowercaseMapping) ?? upper
    return lower.isASCII ? scalar : lower
  }

  private static func single(_ mapping: String) -> Unicode.Scalar? {
    let scalars = mapping.unicodeScalars
    return scalars.dropFirst().isEmpty ? scalars.first : nil
  }
}

extension LikePattern {
  /// True if SQLite's own LIKE means the same.
  var isASCII: Bool { text.utf8.allSatisfy { $0 < 0x80 } }

  /// A pattern in ASCII that matches at least what this one does.
  var widened: String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars { result.append(scalar.isASCII ? scalar : "_") }
    return String(result)
  }

  /// The runs of ASCII characters, in lower case, that every match has; of at least so many.
  func fixedRuns(ofAtLeast count: Int) -> [[UInt8]] {
    var runs: [[UInt8]] = [[]]
    for token in tokens {
      if case .scalar(let scalar) = token, let byte = UInt8(exactly: scalar.value), byte < 0x80 {
        runs[runs.count - 1].append(byte)
      } else {
        runs.append([])
      }
    }
    return runs.filter { $0.count >= count }
  }

  /// Bounds, in ASCII letters of lower case, that every match lies between: at least the first,
  /// below the second. Nil when the pattern does not begin with anything fixed.
  var prefixRange: (from: String, below: String)? {
    var prefix = tokens.prefix {
      if case .scalar(let scalar) = $0 { scalar.value < 0x7F } else { false }
    }.map { token in
      if case .scalar(let scalar) = token {
        UInt8(truncatingIfNeeded: scalar.value)
      } else {
        UInt8(0)
      }
    }
    guard let last = prefix.last else { return nil }
    let from = String(decoding: prefix, as: UTF8.self)
    prefix[prefix.count - 1] = last + 1
    return (from, String(decoding: prefix, as: UTF8.self))
  }
}

public import OVARules

/// The verdict of a target on a package.
public enum TargetVerdict: String, Sendable, Hashable, CaseIterable, Codable {
  /// Nothing speaks against it, which is no promise.
  case nothingKnown = "nothing-known"
  /// The known facts do not decide it.
  case unknown
  /// It imports, and something differs from what the package says.
  case loss
  /// The import stops, or the machine that it makes cannot be started.
  case fails

  /// The verdict in words.
  public var words: String {
    switch self {
    case .fails: "fails"
    case .loss: "imports with loss"
    case .unknown: "unknown"
    case .nothingKnown: "nothing known against it"
    }
  }
}

extension TargetVerdict: Comparable {
  /// The more severe is the greater.
  public static func < (a: TargetVerdict, b: TargetVerdict) -> Bool { a.rank < b.rank }

  private var rank: Int {
    switch self {
    case .nothingKnown: 0
    case .unknown: 1
    case .loss: 2
    case .fails: 3
    }
  }
}

/// The effect of a condition on a package that it holds for.
public enum TargetEffect: String, Sendable, Hashable, CaseIterable {
  /// The import stops, or the machine that it makes cannot be started.
  case fails
  /// It imports, and something silently differs from what the package says.
  case loss
  /// It works, and there is something to say.
  case note
  /// No source decides it, or the package alone cannot.
  case unknown

  /// The verdict that the effect alone gives; a note changes none.
  public var verdict: TargetVerdict {
    switch self {
    case .fails: .fails
    case .loss: .loss
    case .unknown: .unknown
    case .note: .nothingKnown
    }
  }

  /// The severity for an import of the package into the target.
  public var severity: Severity {
    switch self {
    case .fails: .error
    case .loss: .warning
    case .unknown, .note: .info
    }
  }
}

/// The verdict of a target on a package, as it is stored.
public struct VerdictRow: Hashable, Sendable, Codable {
  /// A condition of the target that holds for the package.
  public struct Reason: Hashable, Sendable, Codable {
    /// The condition's key: `px-memory-unit`. Its words are the program's.
    public var condition: String
    /// `fails`, `loss`, `unknown` or `note`.
    public var effect: String
    /// The first places at which it holds.
    public var places: [Place]
    /// The number of all places.
    public var count: Int

    /// Makes a reason from its parts.
    public init(condition: String, effect: String, places: [Place], count: Int) {
      self.condition = condition
      self.effect = effect
      self.places = places
      self.count = count
    }
  }

  /// A place at which a condition holds.
  public struct Place: Hashable, Sendable, Codable {
    /// The file, with its path below the package's folder.
    public var file: String
    /// The line, from 1.
    public var line: Int?
    /// The value that stands there.
    public var found: String?
    /// The value that the target reads, where it reads another than is written.
    public var reads: String?

    /// Makes a place from its parts.
    public init(file: String, line: Int? = nil, found: String? = nil, reads: String? = nil) {
      self.file = file
      self.line = line
      self.found = found
      self.reads = reads
    }
  }

  /// The target's id with its release: `vsphere-8.0u2`.
  public var target: String
  /// `fails`, `loss`, `unknown` or `nothing-known`.
  public var verdict: String
  /// The reasons, the most severe first.
  public var reasons: [Reason]

  /// Makes a verdict from its parts.
  public init(target: String, verdict: String, reasons: [Reason]) {
    self.target = target
    self.verdict = verdict
    self.reasons = reasons
  }
}

/// The number of packages with each verdict of a target.
public struct VerdictCount: Hashable, Sendable {
  /// The target's id.
  public var target: String
  /// The packages of each verdict.
  public var counts: [String: Int]
  /// The packages that were not judged for it: those that are broken, unreadable or in the making.
  public var unjudged: Int
}

/// The number of packages that a condition of a target holds for.
public struct VerdictReasonCount: Hashable, Sendable {
  /// The condition's key.
  public var condition: String
  /// The condition's effect.
  public var effect: String
  /// The packages.
  public var packages: Int
}

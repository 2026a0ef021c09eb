public import OVABasics
public import OVARules

/// A property of packages that a target does not take, or takes otherwise than it is written.
public struct TargetCondition: Sendable, Identifiable {
  /// The evidence for a statement about a product.
  public enum Basis: Sendable, Hashable {
    /// The target's own source was read.
    case source(String)
    /// It was tried.
    case measured(String)
    /// The maker, or somebody else, documents it.
    case documented(String)
    /// Users report it.
    case reported(String)
    /// Recalled or inferred.
    case unsure(String)
  }

  /// A place at which the condition holds.
  public struct Hit: Sendable, Hashable {
    /// The place.
    public let place: Place
    /// The text at the place.
    public let found: String?
    /// The value that the target reads, where it is not what is written.
    public let reads: String?

    /// Makes a hit from its parts.
    package init(_ place: Place, found: String? = nil, reads: String? = nil) {
      self.place = place
      self.found = found
      self.reads = reads
    }
  }

  /// The proof that the condition tells packages apart.
  public enum Passing: Sendable {
    /// A package for which it does not hold.
    case example(Example)
    /// There is none: it holds for every package, for this reason, a clause.
    case holdsForEvery(reason: String)
  }

  typealias Judgment = @Sendable (TargetView) -> [Hit]

  /// The stable name, in kebab case, that begins with the product's prefix: `vb-pax`.
  public let key: String
  /// The property of the package, in a clause: "memory in another unit than MiB".
  public let title: String
  /// The effect on the import.
  public let effect: TargetEffect
  /// The outcome of the import, in a sentence.
  public let outcome: String
  /// The advice.
  public let fix: String
  /// The evidence; nil where it is that of all of the product's conditions.
  public let basis: Basis?
  /// The releases for which it holds, in words; nil for all.
  public let releases: String?
  /// The fact outside the package that decides it: the target's settings, or the place, time or way
  /// of the import; a clause that begins with "whether" or a noun. Nil where the package shows it.
  ///
  /// Such a condition is of the effect `unknown`. It says nothing about this package rather than
  /// another, and leaves the verdict as it is.
  public let dependsOn: String?
  /// A package for which it holds.
  public var triggering: Example { makeTriggering() }
  /// A package for which it does not hold, or why there is none.
  public let passing: Passing
  /// Raised whenever it judges otherwise than before, so that catalogs are judged again.
  public let version: Int
  /// The release for which the examples are judged; nil where the name leaves it open.
  public let exampleRelease: String?
  /// The release for which the passing example is judged, where that is another.
  public let passingRelease: String?
  let judge: Judgment
  /// Made when it is asked for: some have a descriptor of many mebibytes.
  private let makeTriggering: @Sendable () -> Example

  /// The key.
  public var id: String { key }

  /// - Parameters:
  ///   - passing: a package for which it does not hold.
  ///   - reason: why there is no such package; `passing` is then left out.
  init(
    _ key: String, _ title: String, _ effect: TargetEffect, _ outcome: String, fix: String,
    basis: Basis? = nil, releases: String? = nil, dependsOn: String? = nil,
    at exampleRelease: String? = nil,
    triggering: @autoclosure @escaping @Sendable () -> Example, passing: Example = .sound(),
    holdsForEvery reason: String? = nil, passingAt passingRelease: String? = nil, version: Int = 1,
    judge: @escaping Judgment
  ) {
    self.key = key
    self.title = title
    self.effect = effect
    self.outcome = outcome
    self.fix = fix
    self.basis = basis
    self.releases = releases
    self.dependsOn = dependsOn
    makeTriggering = triggering
    self.passing = reason.map { .holdsForEvery(reason: $0) } ?? .example(passing)
    self.exampleRelease = exampleRelease
    self.version = version
    self.passingRelease = passingRelease ?? exampleRelease
    self.judge = judge
  }
}

extension TargetCondition {
  /// The verdict that the condition alone gives.
  public var verdict: TargetVerdict { dependsOn == nil ? effect.verdict : .nothingKnown }
}

extension TargetCondition.Basis {
  /// The kind of basis in a word, and what it is.
  public var words: String {
    switch self {
    case .source(let text): "source: \(text)"
    case .measured(let text): "tried: \(text)"
    case .documented(let text): "document: \(text)"
    case .reported(let text): "report: \(text)"
    case .unsure(let text): "unsure: \(text)"
    }
  }
}

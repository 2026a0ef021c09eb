public import OVABasics
public import OVAIntegrity

/// The lines of a package's manifest, compared with the bytes of the package.
///
/// This is the one judgment of a manifest: findings are made from it, and the decision whether a
/// new manifest would cover up that bytes have changed.
public struct ManifestFacts: Sendable {
  /// Every line that gives a digest, in the manifest's order.
  public let lines: [Line]
  /// The unreadable parts of the manifest that may have been about a file of the package, so that
  /// nothing says that its bytes are right.
  public let unread: [ManifestDiagnostic]

  /// One line.
  public struct Line: Sendable {
    /// The line as written.
    public let entry: Manifest.Entry
    /// The file that it is about.
    public let subject: ManifestSubject
    /// The comparison of its digest with the file's bytes.
    public let comparison: Comparison
  }

  /// The comparison of a line's digest with the bytes of the file that the line is about.
  public enum Comparison: Hashable, Sendable {
    /// It is the file's, by this algorithm.
    case fits(DigestAlgorithm)
    /// It is another. `real` is the file's digest by the algorithm that is meant.
    case contradicts(real: DigestValue, cause: MismatchCause?)
    /// Nothing can be said.
    case notComparable(DigestClaim.Reason)
    /// The line is about no file of the package that has bytes to compare.
    case noFile
  }

  /// The lines that contradict the bytes of a file of the package.
  public var contradictions: [Line] {
    lines.filter { line in
      if case .contradicts = line.comparison { true } else { false }
    }
  }

  /// The lines about a file of the package of which it is not known whether they are right.
  public var notComparable: [Line] {
    lines.filter { line in
      if case .notComparable = line.comparison { true } else { false }
    }
  }

  /// True if every line about a file of the package was compared, and nothing else may have been
  /// about one.
  public var isFullyCompared: Bool { notComparable.isEmpty && unread.isEmpty }

  /// Holds a manifest against what was seen of the package's bytes; nil without a manifest.
  init?(_ package: Package, _ evidence: Evidence) {
    guard let manifest = package.manifest?.manifest else { return nil }
    let names = ManifestNames(package)
    let subjects = names.subjects { entry, file in
      let digests = Self.evidence(of: file, in: evidence)?.digests ?? []
      if case .fits = entry.claim.verdict(on: digests) { return true }
      return false
    }
    lines = zip(manifest.entries, subjects).enumerated().map { index, pair in
      let (entry, subject) = pair
      return Line(
        entry: entry, subject: subject,
        comparison: Self.compare(entry, subject, evidence, cause: evidence.causes[index]))
    }
    unread = manifest.diagnostics.filter(\.mayHideDigest)
  }

  /// Returns the evidence of the file that a line is about.
  static func evidence(of file: ManifestSubject.Target, in evidence: Evidence) -> FileEvidence? {
    switch file {
    case .file(let file): file.path.flatMap { evidence.files[$0] }
    case .chunks(let href): evidence.chunked[href]
    }
  }

  private static func compare(
    _ entry: Manifest.Entry, _ subject: ManifestSubject, _ evidence: Evidence,
    cause: MismatchCause?
  ) -> Comparison {
    guard let target = subject.target else { return .noFile }
    // Of a file that is cut short the digest says nothing but that.
    if case .file(let file) = target, file.storedSize < file.size {
      return .notComparable(.notRead)
    }
    let digests = Self.evidence(of: target, in: evidence)?.digests ?? []
    switch entry.claim.verdict(on: digests) {
    case .fits(let algorithm): return .fits(algorithm)
    case .notComparable(let reason): return .notComparable(reason)
    case .contradicts:
      let wanted = entry.claim.algorithm ?? entry.claim.algorithms.first
      guard let real = digests.first(where: { $0.algorithm == wanted }) ?? digests.last else {
        return .notComparable(.notRead)
      }
      return .contradicts(real: real, cause: cause)
    }
  }
}

/// The subject of a manifest's line: the file that it is about.
public struct ManifestSubject: Sendable {
  /// The file, where it is certain which is meant.
  public let target: Target?
  /// The differences between its name here and in the descriptor.
  public let spelling: NameSpelling
  /// The kind of subject.
  public let kind: Kind

  /// A file of the package.
  public enum Target: Sendable {
    /// A file that lies there as it is.
    case file(PackageFile)
    /// A file that is stored in chunks, by its href.
    case chunks(href: String)

    /// The name of it in the package.
    public var name: String {
      switch self {
      case .file(let file): file.name
      case .chunks(let href): href
      }
    }
  }

  /// The kind of a line's subject.
  public enum Kind: Hashable, Sendable {
    /// A file of the package.
    case file
    /// The manifest itself or its certificate, neither of which can be listed.
    case companion
    /// No file of the package.
    case nothing
  }

  /// A line about no file of the package.
  static let nothing = ManifestSubject(target: nil, spelling: .exact, kind: .nothing)
  /// A line about the manifest itself.
  static let companion = ManifestSubject(target: nil, spelling: .exact, kind: .companion)
}

/// The differences between a name in a manifest and the file's.
public struct NameSpelling: OptionSet, Hashable, Sendable {
  public let rawValue: Int

  public init(rawValue: Int) { self.rawValue = rawValue }

  /// The spelling of the descriptor's reference or of the file's path.
  public static let exact: NameSpelling = []
  /// Percent-decoded, where the reference has percent signs, or the other way round.
  public static let percent = NameSpelling(rawValue: 1)
  /// Quotes or blanks around it.
  public static let enclosed = NameSpelling(rawValue: 1 << 1)
  /// `./`, doubled slashes and the like.
  public static let dots = NameSpelling(rawValue: 1 << 2)
  /// Backslashes between folders.
  public static let backslashes = NameSpelling(rawValue: 1 << 3)
  /// The path of another machine or folder before the name.
  public static let otherFolder = NameSpelling(rawValue: 1 << 4)
  /// Other letter case.
  public static let letterCase = NameSpelling(rawValue: 1 << 5)
  /// Other Unicode normalization: the same letters of other code points.
  public static let normalization = NameSpelling(rawValue: 1 << 6)
  /// Another encoding than UTF-8.
  public static let encoding = NameSpelling(rawValue: 1 << 7)
  /// Its end is cut off.
  public static let cut = NameSpelling(rawValue: 1 << 8)
}

/// The cause of a mismatch between a digest and a file, where trying has shown it.
public enum MismatchCause: Hashable, Sendable {
  /// It is that of the same text with changes that tools make unasked.
  case text(TextChange)
  /// It is that of another file of the package.
  case otherFile(String)
  /// It is that of no bytes at all.
  case noBytes
}

extension ManifestDiagnostic {
  /// True if a digest of a file may stand in what could not be read.
  fileprivate var mayHideDigest: Bool {
    switch kind {
    case .empty: false
    case .tooLarge, .lineTooLong, .tooManyEntries, .tooMuchMemory, .binary, .digestNotHex,
      .nameMissing:
      true
    case .digestMissing: false
    case .notAnEntry:
      // Comments and captions hold no long row of digits.
      text.utf8.split { !($0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x66 || $0 >= 0x30 && $0 <= 0x39) }
        .contains { $0.count >= 32 }
    }
  }
}

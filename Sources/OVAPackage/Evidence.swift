public import OVAByteSource
public import OVAIntegrity

/// What the one reading pass over a package's bytes has shown.
public struct Evidence: Sendable {
  /// Whether bytes were read to compute digests; false says that digests are not verified.
  public let digestsComputed: Bool
  /// What was seen of each file that was read, by its path.
  public let files: [PackagePath: FileEvidence]
  /// What was seen of files that are stored in chunks, by the href.
  public let chunked: [String: FileEvidence]

  /// Nothing was read.
  public static let none = Evidence(digestsComputed: false, files: [:], chunked: [:])

  /// Bytes read in all.
  public var bytesRead: UInt64 { files.values.reduce(0) { $0 &+ $1.bytesRead } }
}

/// What was seen of one file's bytes.
public struct FileEvidence: Sendable {
  /// How many bytes were read.
  public let bytesRead: UInt64
  /// The digests that were asked for; empty when reading failed.
  public let digests: [Digest]
  /// Why reading stopped early.
  public let failure: ByteSourceError?

  /// The digest by one algorithm, where it was computed.
  public func digest(_ algorithm: DigestAlgorithm) -> Digest? {
    digests.first { $0.algorithm == algorithm }
  }
}

/// What the reading pass looks at.
public struct ReadingOptions: Sendable {
  /// Whether digests are computed at all.
  public var digests = true
  /// Algorithms computed for every file besides those that its manifest names.
  public var always: Set<DigestAlgorithm> = []
  /// How many files are read at a time.
  public var workers = 2

  /// The defaults: every digest that the manifest names.
  public init() {}
}

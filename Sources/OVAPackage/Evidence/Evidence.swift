import Glibc
public import OVAByteSource
public import OVAIntegrity
import OVFDescriptor
public import OVFXML
public import VirtualDisks

/// What the one reading pass over a package's bytes has shown.
public struct Evidence: Sendable {
  /// Whether bytes were read to compute digests; false says that digests are not verified.
  public let digestsComputed: Bool
  /// Whether disks were to be read in full; whether all of a disk was, its verification says.
  public let disksChecked: Bool
  /// What was seen of each file that was read, by its path.
  public internal(set) var files: [PackagePath: FileEvidence]
  /// What was seen of members whose path an earlier one has, by their index; readers that take the
  /// last of them import these.
  public let repeats: [Int: FileEvidence]
  /// What was seen of files that are stored in chunks, by the href.
  public let chunked: [String: FileEvidence]
  /// Why the bytes are not those of the manifest, where that was found, by the entry's index.
  public internal(set) var causes: [Int: MismatchCause] = [:]

  /// Nothing was read.
  public static let none = Evidence(
    digestsComputed: false, disksChecked: false, files: [:], repeats: [:], chunked: [:])

  /// Bytes read in all.
  public var bytesRead: UInt64 {
    [files.values.map(\.bytesRead), repeats.values.map(\.bytesRead)].joined().reduce(0, &+)
  }

  /// What was seen of the file, or of all chunks together, that a reference leads to.
  public func of(_ resolved: ResolvedReference) -> FileEvidence? {
    switch resolved.target {
    case .file(let file): file.path.flatMap { files[$0] }
    case .chunks: resolved.reference.href.flatMap { chunked[$0.text] }
    default: nil
    }
  }
}

/// What was seen of one file's bytes.
///
/// A class of constants: what a disk or a compressed file has shown takes more than a kibibyte, most
/// files have neither, and a package may have as many files as its limit allows.
public final class FileEvidence: Sendable {
  /// How many bytes were read.
  public let bytesRead: UInt64
  /// The digests that were asked for; empty when reading failed.
  public let digests: [DigestValue]
  /// Why reading stopped early.
  public var failure: ByteSourceError? { failed?.value }
  /// What came out of a file that the descriptor says is compressed.
  public var gzip: GzipEvidence? { inflated?.value }
  /// What reading a disk grain by grain has shown, inflated where it is compressed.
  public var deep: DeepDiskResult? { walked?.value }

  private let failed: Boxed<ByteSourceError>?
  private let inflated: Boxed<GzipEvidence>?
  private let walked: Boxed<DeepDiskResult>?

  init(
    bytesRead: UInt64, digests: [DigestValue], failure: ByteSourceError?, gzip: GzipEvidence?,
    deep: DeepDiskResult?
  ) {
    self.bytesRead = bytesRead
    self.digests = digests
    failed = failure.map(Boxed.init)
    inflated = gzip.map(Boxed.init)
    walked = deep.map(Boxed.init)
  }

  /// The digest by one algorithm, where it was computed.
  public func digest(_ algorithm: DigestAlgorithm) -> DigestValue? {
    digests.first { $0.algorithm == algorithm }
  }
}

/// A large value that is mostly absent, kept outside of what holds it.
private final class Boxed<Value: Sendable>: Sendable {
  let value: Value

  init(_ value: Value) { self.value = value }
}

extension Evidence {
  /// What would be seen of a package that is written anew from the files of this one.
  /// - Parameter digests: the digests of all its files, by their paths there.
  package func carriedOver(digests: [PackagePath: [DigestValue]]) -> Evidence {
    var seen: [PackagePath: FileEvidence] = [:]
    for (path, digests) in digests {
      let before = files[path]
      seen[path] = FileEvidence(
        bytesRead: before?.bytesRead ?? 0, digests: digests, failure: nil, gzip: before?.gzip,
        deep: before?.deep)
    }
    return Evidence(
      digestsComputed: true, disksChecked: disksChecked, files: seen, repeats: [:],
      chunked: chunked)
  }
}

/// What inflating a file has shown.
public struct GzipEvidence: Sendable {
  /// How the stream ended.
  public let outcome: GzipInflater.Outcome
  /// What the inflated bytes are; nil when nothing whole came out, or where that cannot be said
  /// without the bytes in the middle, which are not kept.
  public let content: VirtualDisk?
}

/// What the reading pass looks at.
public struct ReadingOptions: Sendable {
  /// Whether digests are computed at all.
  public var digests = true
  /// Whether every grain of every disk is looked at.
  public var deep = false
  /// Algorithms computed for every file besides those that its manifest names.
  public var always: Set<DigestAlgorithm> = []
  /// Schemas of the user's to validate the descriptor against; nil for none.
  public var schemas: SchemaFolder?
  /// How many files are read at a time, and grains inflated when there is one disk.
  public var workers = ReadingOptions.usualWorkers

  /// The defaults: every digest that the manifest names.
  public init() {}

  /// Asked of the system once: it reads a file for it.
  private static let usualWorkers = max(1, min(8, sysconf(Int32(_SC_NPROCESSORS_ONLN))))
}

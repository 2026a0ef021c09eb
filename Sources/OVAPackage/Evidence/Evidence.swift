import Glibc
public import OVAByteSource
public import OVAIntegrity
import OVFDescriptor
public import OVFXML
public import VirtualDisks

/// The results of the one reading pass over a package's bytes.
public struct Evidence: Sendable {
  /// True if bytes were read to compute digests; false says that digests are not verified.
  public let digestsComputed: Bool
  /// True if disks were to be read in full; whether all of a disk was, its verification says.
  public let disksChecked: Bool
  /// The evidence of each file that was read, by its path.
  public internal(set) var files: [PackagePath: FileEvidence]
  /// The evidence of members whose path an earlier one has, by their index; readers that take the
  /// last of them import these.
  public let repeats: [Int: FileEvidence]
  /// The evidence of files that are stored in chunks, by the href.
  public let chunked: [String: FileEvidence]
  /// The causes of mismatches between bytes and manifest, where found, by the entry's index.
  public internal(set) var causes: [Int: MismatchCause] = [:]

  /// Nothing was read.
  public static let none = Evidence(
    digestsComputed: false, disksChecked: false, files: [:], repeats: [:], chunked: [:])

  /// Bytes read in all.
  public var bytesRead: UInt64 {
    [files.values.map(\.bytesRead), repeats.values.map(\.bytesRead)].joined().reduce(0, &+)
  }

  /// Returns the evidence of the file, or of all chunks together, that a reference leads to.
  public func of(_ resolved: ResolvedReference) -> FileEvidence? {
    switch resolved.target {
    case .file(let file): file.path.flatMap { files[$0] }
    case .chunks: resolved.reference.href.flatMap { chunked[$0.text] }
    default: nil
    }
  }
}

/// The evidence of one file's bytes.
///
/// A class of constants: the result of a disk or a compressed file takes more than a kibibyte, most
/// files have neither, and a package may have as many files as its limit allows.
public final class FileEvidence: Sendable {
  /// The number of bytes that were read.
  public let bytesRead: UInt64
  /// The digests that were asked for; empty when reading failed.
  public let digests: [DigestValue]
  /// The error because of which reading stopped early.
  public var failure: ByteSourceError? { failed?.value }
  /// The result of inflating a file that the descriptor says is compressed.
  public var gzip: GzipEvidence? { inflated?.value }
  /// The result of reading a disk grain by grain, inflated where it is compressed.
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
  /// Returns the evidence of a package that is written anew from the files of this one.
  /// - Parameter digests: the digests of all its files, by their paths there.
  package func carriedOver(digests: [PackagePath: [DigestValue]]) -> Evidence {
    var seen: [PackagePath: FileEvidence] = [:]
    for (path, digests) in digests {
      let before = files[path]
      if let before, before.failure == nil, before.digests == digests {
        seen[path] = before
        continue
      }
      seen[path] = FileEvidence(
        bytesRead: before?.bytesRead ?? 0, digests: digests, failure: nil, gzip: before?.gzip,
        deep: before?.deep)
    }
    return Evidence(
      digestsComputed: true, disksChecked: disksChecked, files: seen, repeats: [:],
      chunked: chunked)
  }
}

/// The result of inflating a file.
public struct GzipEvidence: Sendable {
  /// The end of the stream.
  public let outcome: GzipInflater.Outcome
  /// The content of the inflated bytes; nil when nothing whole came out, or where it cannot be
  /// known without the bytes in the middle, which are not kept.
  public let content: VirtualDisk?
}

/// The options of the reading pass.
public struct ReadingOptions: Sendable {
  /// True if digests are computed at all.
  public var digests = true
  /// True if every grain of every disk is looked at.
  public var deep = false
  /// Algorithms computed for every file besides those that its manifest names.
  public var always: Set<DigestAlgorithm> = []
  /// Schemas of the user's to validate the descriptor against; nil for none.
  public var schemas: SchemaFolder?
  /// The number of files that are read at a time, and of grains inflated when there is one disk.
  public var workers = ReadingOptions.usualWorkers

  /// The defaults: every digest that the manifest names.
  public init() {}

  /// Asked of the system once: it reads a file for it.
  private static let usualWorkers = max(1, min(8, sysconf(Int32(_SC_NPROCESSORS_ONLN))))
}

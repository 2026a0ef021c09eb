public import OVABasics

/// A manifest: one digest for each file of a package, with everything that was odd about it.
///
/// The grammar of the standard (clause 5.1) is `SHA256(name)= hex` and a line feed. What tools write
/// beyond it is read too and recorded as deviations, in whatever encoding; lines that say nothing
/// are diagnostics.
public struct Manifest: Hashable, Sendable {
  /// The name that places carry.
  public let name: String
  /// Every line that gave a digest, in the file's order.
  public let entries: [Entry]
  /// Every line that gave none, in the file's order; no more than `diagnosticsKept`.
  public let diagnostics: [ManifestDiagnostic]
  /// The number of diagnostics beyond the kept ones.
  public let diagnosticsDropped: Int
  /// The number of lines that are blank, which the grammar does not know.
  public let blankLines: Int
  /// The encoding of the text.
  public let encoding: Encoding
  /// The number of zero bytes that follow the text.
  public let paddingBytes: Int
  /// The first entry of each name.
  private let indices: [ExactName: Int]
  /// All entries of the names that are there more than once.
  private let repeated: [ExactName: [Int]]

  /// The most diagnostics that are kept; a binary file would give millions.
  public static let diagnosticsKept = 1_000

  init(
    name: String, entries: [Entry], diagnostics: [ManifestDiagnostic], diagnosticsDropped: Int,
    blankLines: Int,
    encoding: Encoding, paddingBytes: Int
  ) {
    self.name = name
    self.entries = entries
    self.diagnostics = diagnostics
    self.diagnosticsDropped = diagnosticsDropped
    self.blankLines = blankLines
    self.encoding = encoding
    self.paddingBytes = paddingBytes
    var indices: [ExactName: Int] = [:]
    var repeated: [ExactName: [Int]] = [:]
    for (index, entry) in entries.enumerated() {
      let key = entry.nameKey
      if let first = indices[key] {
        repeated[key, default: [first]].append(index)
      } else {
        indices[key] = index
      }
    }
    self.indices = indices
    self.repeated = repeated
  }

  /// The form of the file, judged by its entries.
  public var form: Form {
    let lists = entries.count { $0.form != .standard }
    return switch lists {
    case _ where entries.isEmpty: .none
    case 0: .manifest
    case entries.count: .checksumList
    default: .mixed
    }
  }

  /// The algorithms of the digests that are whole.
  public var algorithms: Set<DigestAlgorithm> { Set(entries.compactMap { $0.digest?.algorithm }) }

  /// The entries for a file, several when it is listed more than once.
  ///
  /// The name in a manifest equals the reference as written; some producers write the
  /// percent-decoded name, which is tried when nothing matches as written. Bytes are compared.
  public func entries(for href: String) -> Lookup {
    let written = Array(href.utf8)
    let found = entries(named: written)
    if !found.isEmpty { return Lookup(entries: found) }
    let decoded = PercentCoding.decoded(written)
    guard decoded != written else { return Lookup(entries: []) }
    let meant = entries(named: decoded)
    return Lookup(entries: meant, isDecoded: !meant.isEmpty)
  }

  private func entries(named bytes: [UInt8]) -> [Entry] {
    let key = ExactName(FileNameText.text(of: bytes))
    return (repeated[key] ?? indices[key].map { [$0] } ?? []).map { entries[$0] }
  }
}

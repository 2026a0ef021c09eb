public import OVABasics

/// A manifest: one digest for each file of a package, with everything that was odd about it.
///
/// The grammar of the standard (clause 5.1) is `SHA256(name)= hex` and a line feed. What producers
/// write beyond it is read too and recorded as deviations; lines that say nothing are faults.
public struct Manifest: Hashable, Sendable {
  /// The name that places carry.
  public let name: String
  /// Every line that gave a digest, in the file's order.
  public let entries: [Entry]
  /// Every line that gave none, in the file's order; no more than `faultsKept`.
  public let faults: [Fault]
  /// How many faults there were beyond the kept ones.
  public let faultsDropped: Int
  /// How many lines are blank, which the grammar does not know.
  public let blankLines: Int
  private let indices: [[UInt8]: [Int]]

  /// The most faults that are kept; a binary file would give millions.
  public static let faultsKept = 1_000

  init(
    name: String, entries: [Entry], faults: [Fault], faultsDropped: Int, blankLines: Int
  ) {
    self.name = name
    self.entries = entries
    self.faults = faults
    self.faultsDropped = faultsDropped
    self.blankLines = blankLines
    indices = Dictionary(grouping: entries.indices) { entries[$0].nameBytes }
  }

  /// What the file is, seen by its entries.
  public var form: Form {
    let lists = entries.count { $0.form != .standard }
    return switch lists {
    case _ where entries.isEmpty: .none
    case 0: .manifest
    case entries.count: .checksumList
    default: .mixed
    }
  }

  /// The algorithms of all entries.
  public var algorithms: Set<DigestAlgorithm> { Set(entries.map(\.digest.algorithm)) }

  /// The entries for a file, several when it is listed more than once.
  ///
  /// The name in a manifest equals the reference as written; some producers write the
  /// percent-decoded name, which is tried when nothing matches as written. Bytes are compared.
  public func entries(for href: String) -> Lookup {
    let written = Array(href.utf8)
    if let found = indices[written] { return Lookup(entries: found.map { entries[$0] }) }
    let decoded = PercentEncoding.decoded(written)
    guard decoded != written, let found = indices[decoded] else { return Lookup(entries: []) }
    return Lookup(entries: found.map { entries[$0] }, isDecoded: true)
  }
}

extension Manifest {
  /// What a manifest file turned out to be.
  public enum Form: String, Hashable, Sendable {
    /// No line gave a digest.
    case none
    /// `SHA256(name)= hex`, strictly or with deviations.
    case manifest
    /// `hex  name`, the output of `sha256sum`: not a manifest, though it can be compared.
    case checksumList
    /// Lines of both kinds.
    case mixed
  }

  /// One line that gives a file's digest.
  public struct Entry: Hashable, Sendable {
    /// The algorithm as written.
    public let algorithmText: String
    /// The file's name as written, in bytes.
    public let nameBytes: [UInt8]
    /// The digest as written; `digest.hex` is the same in lower case.
    public let digestText: String
    /// The digest read.
    public let digest: Digest
    /// How the line is written.
    public let form: Line
    /// Everything in which the line differs from the strict grammar, in the order of the line.
    public let deviations: [Deviation]
    /// The line it stands on.
    public let place: Place

    /// The file's name, with replacement characters where it is not UTF-8.
    public var fileName: String { String(decoding: nameBytes, as: UTF8.self) }
    /// Whether the strict reader of any product accepts the line.
    public var isStrict: Bool { form == .standard && deviations.isEmpty }
  }

  /// How a line gives its digest.
  public enum Line: String, Hashable, Sendable {
    /// `SHA256(name)= hex`.
    case standard
    /// `hex  name`, as `sha256sum` writes it.
    case checksumText
    /// `hex *name`, as `sha256sum --binary` writes it.
    case checksumBinary
  }

  /// What the lookup of one file found.
  public struct Lookup: Hashable, Sendable {
    /// The entries, none when the file is not listed.
    public let entries: [Entry]
    /// Whether they matched the percent-decoded reference only.
    public let isDecoded: Bool

    init(entries: [Entry], isDecoded: Bool = false) {
      self.entries = entries
      self.isDecoded = isDecoded
    }
  }

  /// A difference from the strict grammar that leaves the line's meaning clear.
  public enum Deviation: String, Hashable, Sendable, CaseIterable {
    /// The file starts with a byte order mark.
    case byteOrderMark
    /// Blanks before the algorithm.
    case leadingBlanks
    /// `SHA-256` or `SHA2-256` (as OpenSSL 3 prints it) for `SHA256`.
    case algorithmAlias
    /// `sha256` for `SHA256`.
    case algorithmCase
    /// Blanks between the algorithm and the parenthesis.
    case blankBeforeParenthesis
    /// The name is not UTF-8.
    case nameNotUTF8
    /// Blanks between the parenthesis and the equals sign.
    case blankBeforeEquals
    /// Nothing between the equals sign and the digest.
    case noBlankAfterEquals
    /// More than the one space between the equals sign and the digest, or a tab.
    case blanksAfterEquals
    /// Digits `A` to `F` in upper case.
    case upperCaseDigest
    /// Blanks after the digest.
    case trailingBlanks
    /// The line ends in CR LF.
    case carriageReturnLineFeed
    /// The line ends in CR alone.
    case carriageReturn
    /// The last line has no end.
    case missingLineEnd
  }

  /// Something in the file that gives no digest.
  public struct Fault: Hashable, Sendable {
    /// What is wrong.
    public let kind: Kind
    /// The file's name, where the line shows it: its digest is then unreadable and not missing.
    public let fileName: String?
    /// The start of the line as written; empty for faults of the whole file.
    public let text: String
    /// The line, or the file.
    public let place: Place

    /// What can be wrong.
    public enum Kind: Hashable, Sendable {
      /// The file has no bytes, or nothing but blanks.
      case empty
      /// The file is larger than the limit `manifestBytes`; nothing of it was read.
      case tooLarge(limit: UInt64)
      /// More entries than the limits `members` and `chunks` allow; the rest was not read.
      case tooManyEntries(limit: Int)
      /// The file is UTF-16 text; nothing of it was read.
      case utf16
      /// The line is longer than the limit `manifestLineBytes`.
      case lineTooLong(limit: Int)
      /// The line holds a NUL byte.
      case binary
      /// The line has no shape of an entry.
      case notAnEntry
      /// The parentheses are empty.
      case nameMissing
      /// An algorithm that is none of the four, as written; `MD5`, too, where its length tells.
      case unknownAlgorithm(String)
      /// Nothing follows the equals sign.
      case digestMissing
      /// What follows the equals sign has other characters than hexadecimal digits.
      case digestNotHex
      /// The number of digits is not the algorithm's.
      case digestLength(expected: Int, actual: Int)
    }
  }
}

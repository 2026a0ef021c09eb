public import OVABasics

extension Manifest {
  /// The kinds of files that stand in a manifest's place.
  public enum Form: String, Hashable, Sendable {
    /// No line gave a digest.
    case none
    /// `SHA256(name)= hex`, strictly or with deviations.
    case manifest
    /// `hex  name` and the like, the output of `sha256sum` and its kin: not a manifest, though it
    /// can be compared.
    case checksumList
    /// Lines of both kinds.
    case mixed
  }

  /// One line that gives a file's digest.
  ///
  /// A class of constants, since a manifest may have as many lines as its limit allows, and each is
  /// looked at from several sides.
  public final class Entry: Hashable, Sendable {
    /// The algorithm as written; empty where the line names none.
    public let algorithmText: String
    /// The file's name, with replacement characters where it is not UTF-8.
    public let fileName: String
    /// The bytes of a name that is not UTF-8.
    private let otherNameBytes: [UInt8]?
    /// The digest as written.
    public let digestText: String
    /// The claimed digest.
    public let claim: DigestClaim
    /// The form of the line.
    public let form: Line
    /// Everything in which the line differs from the strict grammar, in the order of the line.
    public let deviations: [Deviation]
    private let file: String
    private let line: Int?

    /// The file's name as written, in bytes.
    public var nameBytes: [UInt8] { otherNameBytes ?? Array(fileName.utf8) }
    /// The line it stands on.
    public var place: Place { Place(file, line: line) }

    init(
      algorithmText: String, nameBytes: [UInt8], digestText: String, claim: DigestClaim,
      form: Line, deviations: [Deviation], file: String, line: Int?
    ) {
      self.algorithmText = algorithmText
      let isText = String(validating: nameBytes, as: UTF8.self) != nil
      fileName = String(decoding: nameBytes, as: UTF8.self)
      otherNameBytes = isText ? nil : nameBytes
      // Most digests are written as they are compared, and then the text is there once.
      self.digestText = claim.digits.isExactly(digestText) ? claim.digits : digestText
      self.claim = claim
      self.form = form
      self.deviations = deviations
      self.file = file
      self.line = line
    }

    /// Two lines are one when all that was read of them is the same.
    public static func == (a: Entry, b: Entry) -> Bool {
      a === b
        || a.place == b.place && a.nameKey == b.nameKey && a.claim == b.claim
          && a.algorithmText == b.algorithmText && a.digestText == b.digestText
          && a.form == b.form && a.deviations == b.deviations
    }

    /// Feeds the place and the name.
    public func hash(into hasher: inout Hasher) {
      hasher.combine(place)
      hasher.combine(nameKey)
    }

    /// The digest; nil where digits are missing or over, and where its algorithm is not known.
    public var digest: DigestValue? { claim.digest }
    /// The name as a key that tells any bytes from any others; that of text is the name itself.
    var nameKey: ExactName {
      let isPlain = otherNameBytes == nil && !fileName.utf8.contains(UInt8(ascii: "\\"))
      return ExactName(isPlain ? fileName : FileNameText.text(of: nameBytes))
    }
    /// True if the strict reader of any product accepts the line.
    public var isStrict: Bool { form == .standard && deviations.isEmpty }
  }

  /// The forms of lines.
  public enum Line: String, Hashable, Sendable {
    /// `SHA256(name)= hex`.
    case standard
    /// `hex  name`, as `sha256sum` writes it.
    case checksumText
    /// `hex *name`, as `sha256sum --binary` writes it.
    case checksumBinary
    /// A row of a table or list of PowerShell's `Get-FileHash`.
    case powerShell
    /// Two lines of `certutil -hashfile`.
    case certutil
    /// Some other line with a name and a digest.
    case other
  }

  /// The encodings of manifests.
  public enum Encoding: String, Hashable, Sendable {
    /// ASCII or UTF-8, as the standard has it.
    case utf8
    /// UTF-8 behind a byte order mark.
    case utf8WithMark
    /// UTF-16, little endian, behind a byte order mark.
    case utf16LittleEndianWithMark
    /// UTF-16, little endian.
    case utf16LittleEndian
    /// UTF-16, big endian, behind a byte order mark.
    case utf16BigEndianWithMark
    /// UTF-16, big endian.
    case utf16BigEndian

    /// True if each letter takes two bytes.
    public var isUTF16: Bool { self != .utf8 && self != .utf8WithMark }
  }

  /// The result of looking up one file.
  public struct Lookup: Hashable, Sendable {
    /// The entries, none when the file is not listed.
    public let entries: [Entry]
    /// True if they matched the percent-decoded reference only.
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
    /// Zero bytes between the letters.
    case zeroBytes
    /// Two bytes for each letter, of a signature's line; manifests have an `encoding`.
    case utf16
    /// Blanks before the algorithm.
    case leadingBlanks
    /// No algorithm before the parenthesis.
    case algorithmMissing
    /// `SHA-256` or `SHA2-256` (as OpenSSL 3 prints it) for `SHA256`.
    case algorithmAlias
    /// The kind of the key before or behind the algorithm, of a signature's line.
    case keyInLabel
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
    /// Quotes around the digest.
    case quotedDigest
    /// `0x` before the digits.
    case prefixedDigest
    /// Colons, blanks or the like between the digits.
    case separatedDigest
    /// Digits on several lines, of a signature.
    case wrappedDigits
    /// Base64 instead of hexadecimal digits.
    case base64Digest
    /// Digits `A` to `F` in upper case.
    case upperCaseDigest
    /// An ellipsis for the rest of the digits.
    case cutDigest
    /// More or fewer digits than the algorithm's.
    case digestLength
    /// Text behind the digest.
    case textAfterDigest
    /// Blanks after the digest.
    case trailingBlanks
    /// The line ends in CR LF.
    case carriageReturnLineFeed
    /// The line ends in CR alone.
    case carriageReturn
    /// The last line has no end.
    case missingLineEnd
  }
}

public import OVABasics

/// Something in a manifest that gives no digest; its place is the line, or the file.
public typealias ManifestDiagnostic = Diagnostic<ManifestDiagnosticKind>

/// The kinds of `ManifestDiagnostic`.
public enum ManifestDiagnosticKind: DiagnosticKind {
  /// The file has no bytes, or nothing but blanks.
  case empty
  /// The file is larger than the limit `manifestBytes`; nothing of it was read.
  case tooLarge(limit: UInt64)
  /// More entries than the limits `members` and `chunks` allow; the rest was not read.
  case tooManyEntries(limit: Int)
  /// The entries take more memory than the limit `heldBytes`; the rest was not read.
  case tooMuchMemory(limit: UInt64)
  /// The line is longer than the limit `manifestLineBytes`.
  case lineTooLong(limit: Int)
  /// The line holds NUL bytes and is no entry without them either.
  case binary
  /// The line has no shape of an entry.
  case notAnEntry
  /// The parentheses are empty.
  case nameMissing
  /// Nothing follows the equals sign.
  case digestMissing
  /// The text after the equals sign is no digest in any spelling.
  case digestNotHex

  /// The facts about the line, whatever is wrong with it.
  public struct Facts: Hashable, Sendable {
    /// The file's name, where the line shows it: its digest is then unreadable and not missing.
    public let fileName: String?
    /// The start of the line as written; empty for diagnostics of the whole file.
    public let text: String
  }
}

extension ManifestDiagnostic {
  /// The file's name, where the line shows it.
  public var fileName: String? { facts.fileName }
  /// The start of the line as written; empty for diagnostics of the whole file.
  public var text: String { facts.text }
}

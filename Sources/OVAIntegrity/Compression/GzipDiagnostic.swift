public import OVABasics

/// The diagnostic of a gzip stream that did not inflate to its end; its place is the compressed
/// file, and the number of compressed bytes that lie before it.
public typealias GzipDiagnostic = Diagnostic<GzipDiagnosticKind>

/// The kinds of `GzipDiagnostic`.
public enum GzipDiagnosticKind: DiagnosticKind {
  /// The stream does not begin as gzip does.
  case notGzip
  /// Damage that the library names: wrong checksum (`incorrect data check`), wrong length
  /// (`incorrect length check`), broken header, code or distance.
  case damaged(reason: String)
  /// The stream ends inside a member.
  case truncated
  /// Bytes after the last member that are no member and not all zero; the output is whole.
  case trailingGarbage
  /// More output than `maximum` bytes.
  case tooLarge(maximum: UInt64)
  /// More output than `maximum` times the input: a bomb.
  case ratioTooHigh(maximum: UInt64)
  /// The library has no memory for its state.
  case outOfMemory
}

extension GzipDiagnostic {
  /// The number of compressed bytes that lie before it.
  public var offset: UInt64 { place.offset ?? 0 }
}

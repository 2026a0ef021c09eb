public import OVABasics

/// Something in a certificate file that cannot be read; its place is the line, or the file.
public typealias CertificateDiagnostic = Diagnostic<CertificateDiagnosticKind>

/// The kinds of `CertificateDiagnostic`.
public enum CertificateDiagnosticKind: DiagnosticKind {
  /// The file has no bytes, or nothing but blanks.
  case empty
  /// The file is larger than the limit `certificateBytes`; nothing of it was read.
  case tooLarge(limit: UInt64)
  /// The first line is longer than the limit `manifestLineBytes`.
  case signatureTooLong(limit: Int)
  /// The first line is no `SHA256(package.mf)= hex`.
  case signatureMissing
  /// The first line is `hex *package.mf`, as `openssl dgst -r` prints it: the signature without
  /// its algorithm. The name as written.
  case signatureBeforeName(String)
  /// The signature names an algorithm that is none of the four, as written.
  case unknownAlgorithm(String)
  /// The signature has other characters than hexadecimal digits, or none.
  case signatureNotHex
  /// The signature has an odd number of digits.
  case signatureOddDigits(Int)
  /// The file has no certificate.
  case certificateMissing
  /// A block has a beginning and no end.
  case unterminatedBlock(label: String)
  /// A block's text is no base64.
  case blockNotBase64(label: String)
  /// A certificate's bytes are none.
  case certificateUnreadable(reason: String)
  /// More blocks than `blocksKept`; the rest was not read.
  case tooManyBlocks(limit: Int)
  /// A private key, which only the signer may have: it must be replaced.
  case privateKeyIncluded
}

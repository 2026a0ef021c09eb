import Crypto

/// Computes digests of bytes that come in pieces, in any set of algorithms in one pass.
///
/// Pieces of 8 KiB and more run at the algorithm's full speed.
public struct Digester: Sendable {
  private var sha1: Insecure.SHA1?
  private var sha256: SHA256?
  private var sha384: SHA384?
  private var sha512: SHA512?
  /// The bytes taken so far.
  public private(set) var byteCount: UInt64 = 0

  /// Starts over no bytes.
  public init(_ algorithms: Set<DigestAlgorithm>) {
    if algorithms.contains(.sha1) { sha1 = Insecure.SHA1() }
    if algorithms.contains(.sha256) { sha256 = SHA256() }
    if algorithms.contains(.sha384) { sha384 = SHA384() }
    if algorithms.contains(.sha512) { sha512 = SHA512() }
  }

  /// Takes the next piece, which may be empty.
  public mutating func update(_ piece: UnsafeRawBufferPointer) {
    guard unsafe !piece.isEmpty else { return }
    byteCount += UInt64(piece.count)
    unsafe sha1?.update(bufferPointer: piece)
    unsafe sha256?.update(bufferPointer: piece)
    unsafe sha384?.update(bufferPointer: piece)
    unsafe sha512?.update(bufferPointer: piece)
  }

  /// Takes the next piece from an array.
  public mutating func update(_ piece: [UInt8]) {
    unsafe piece.withUnsafeBytes { unsafe update($0) }
  }

  /// The digests of everything taken so far, from the weakest algorithm to the strongest.
  public func finish() -> [Digest] {
    var result: [Digest] = []
    if let sha1 { result.append(Digest(trusted: Array(sha1.finalize()), .sha1)) }
    if let sha256 { result.append(Digest(trusted: Array(sha256.finalize()), .sha256)) }
    if let sha384 { result.append(Digest(trusted: Array(sha384.finalize()), .sha384)) }
    if let sha512 { result.append(Digest(trusted: Array(sha512.finalize()), .sha512)) }
    return result
  }
}

import Crypto

/// Computes digests of bytes that come in pieces, in any set of algorithms in one pass.
///
/// Pieces of 8 KiB and more run at the algorithm's full speed.
public struct Digester: Sendable {
  private var functions: [any RunningDigest]
  /// The bytes taken so far.
  public private(set) var byteCount: UInt64 = 0

  /// Starts over no bytes.
  public init(_ algorithms: Set<DigestAlgorithm>) {
    functions = algorithms.sorted().map { algorithm in
      switch algorithm {
      case .md5: Running(Insecure.MD5(), algorithm)
      case .sha1: Running(Insecure.SHA1(), algorithm)
      case .sha256: Running(SHA256(), algorithm)
      case .sha3x256: Running(SHA3_256(), algorithm)
      case .sha384: Running(SHA384(), algorithm)
      case .sha3x384: Running(SHA3_384(), algorithm)
      case .sha512: Running(SHA512(), algorithm)
      case .sha3x512: Running(SHA3_512(), algorithm)
      }
    }
  }

  /// Takes the next piece, which may be empty.
  public mutating func update(_ piece: UnsafeRawBufferPointer) {
    guard unsafe !piece.isEmpty else { return }
    byteCount += UInt64(piece.count)
    for index in functions.indices { unsafe functions[index].update(piece) }
  }

  /// Takes the next piece from an array.
  public mutating func update(_ piece: [UInt8]) {
    unsafe piece.withUnsafeBytes { unsafe update($0) }
  }

  /// The digests of everything taken so far, from the weakest algorithm to the strongest.
  public func finish() -> [DigestValue] { functions.map(\.digest) }
}

/// One algorithm's state.
private protocol RunningDigest: Sendable {
  mutating func update(_ piece: UnsafeRawBufferPointer)
  var digest: DigestValue { get }
}

private struct Running<Function: HashFunction & Sendable>: RunningDigest {
  private var function: Function
  private let algorithm: DigestAlgorithm

  init(_ function: Function, _ algorithm: DigestAlgorithm) {
    self.function = function
    self.algorithm = algorithm
  }

  mutating func update(_ piece: UnsafeRawBufferPointer) {
    unsafe function.update(bufferPointer: piece)
  }

  var digest: DigestValue { DigestValue(trusted: Array(function.finalize()), algorithm) }
}

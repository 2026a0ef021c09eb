import Crypto
import OVABasics

/// The digest algorithms that can be computed.
///
/// SHA1 is the one of OVF 1.x, SHA256 came with 2.x; SHA384 and SHA512 are written by tools. MD5 and
/// SHA-3 belong in no manifest; they are computed so that a line that names them can be compared.
public enum DigestAlgorithm: String, Hashable, Sendable, CaseIterable {
  case md5 = "MD5"
  case sha1 = "SHA1"
  case sha256 = "SHA256"
  case sha3x256 = "SHA3-256"
  case sha384 = "SHA384"
  case sha3x384 = "SHA3-384"
  case sha512 = "SHA512"
  case sha3x512 = "SHA3-512"

  /// The algorithms that manifests and signatures are made with, from the weakest to the strongest.
  public static let ofManifests: [DigestAlgorithm] = [.sha1, .sha256, .sha384, .sha512]

  /// The name as the standard's manifest grammar writes it: `SHA256`.
  public var name: String { rawValue }

  /// Bytes of a digest.
  public var byteCount: Int {
    switch self {
    case .md5: 16
    case .sha1: 20
    case .sha256, .sha3x256: 32
    case .sha384, .sha3x384: 48
    case .sha512, .sha3x512: 64
    }
  }

  /// Hexadecimal digits of a digest.
  public var hexCount: Int { byteCount * 2 }

  /// True if collisions can be made, so that a match proves little.
  public var isWeak: Bool { self == .sha1 || self == .md5 }

  /// Reads the name of an algorithm of `ofManifests` in any spelling that is met: `SHA256`,
  /// `sha256`, `SHA-256`, `SHA2-256`.
  public init?(spelled text: String) {
    switch text.uppercased() {
    case "SHA1", "SHA-1": self = .sha1
    case "SHA256", "SHA-256", "SHA2-256": self = .sha256
    case "SHA384", "SHA-384", "SHA2-384": self = .sha384
    case "SHA512", "SHA-512", "SHA2-512": self = .sha512
    default: return nil
    }
  }
}

extension DigestAlgorithm: Comparable {
  /// Orders from the weakest to the strongest.
  public static func < (a: DigestAlgorithm, b: DigestAlgorithm) -> Bool {
    (a.byteCount, a.rawValue.utf8.count) < (b.byteCount, b.rawValue.utf8.count)
  }
}

/// A digest with the algorithm that made it; always as long as the algorithm says.
public struct DigestValue: Hashable, Sendable, CustomStringConvertible {
  /// The algorithm.
  public let algorithm: DigestAlgorithm
  /// The digest itself, `algorithm.byteCount` bytes.
  public let bytes: [UInt8]

  /// Wraps bytes; nil when their number is not the algorithm's.
  public init?(_ algorithm: DigestAlgorithm, bytes: [UInt8]) {
    guard bytes.count == algorithm.byteCount else { return nil }
    self.init(trusted: bytes, algorithm)
  }

  /// Reads hexadecimal digits of either case; nil when they are none or too few or many.
  public init?(_ algorithm: DigestAlgorithm, hex: String) {
    guard let bytes = Hex.bytes(Array(hex.utf8)) else { return nil }
    self.init(algorithm, bytes: bytes)
  }

  init(trusted bytes: [UInt8], _ algorithm: DigestAlgorithm) {
    self.algorithm = algorithm
    self.bytes = bytes
  }

  /// The digest in lower-case hexadecimal digits.
  public var hex: String { Hex.text(bytes) }

  /// `SHA256 12ab…`.
  public var description: String { "\(algorithm.name) \(hex)" }

  /// The digest of bytes that are in memory.
  public static func of(_ bytes: [UInt8], _ algorithm: DigestAlgorithm) -> DigestValue {
    switch algorithm {
    case .md5: DigestValue(trusted: Array(Insecure.MD5.hash(data: bytes)), algorithm)
    case .sha1: DigestValue(trusted: Array(Insecure.SHA1.hash(data: bytes)), algorithm)
    case .sha256: DigestValue(trusted: Array(SHA256.hash(data: bytes)), algorithm)
    case .sha3x256: DigestValue(trusted: Array(SHA3_256.hash(data: bytes)), algorithm)
    case .sha384: DigestValue(trusted: Array(SHA384.hash(data: bytes)), algorithm)
    case .sha3x384: DigestValue(trusted: Array(SHA3_384.hash(data: bytes)), algorithm)
    case .sha512: DigestValue(trusted: Array(SHA512.hash(data: bytes)), algorithm)
    case .sha3x512: DigestValue(trusted: Array(SHA3_512.hash(data: bytes)), algorithm)
    }
  }
}

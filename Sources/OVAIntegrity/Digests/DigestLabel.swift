/// The algorithm of a digest, as a line names it.
public enum DigestLabel: Hashable, Sendable {
  /// It names no algorithm, as lists of `sha256sum` do.
  case absent
  /// One that can be computed.
  case algorithm(DigestAlgorithm)
  /// One that is known and cannot be computed here, as written: `BLAKE2b-256`.
  case notComputed(String)
  /// A word that names no known algorithm, as written.
  case unknown(String)

  /// Reads a label in any spelling; letter case and what parts its words do not matter.
  public init(_ text: String) {
    let letters = text.uppercased().unicodeScalars.filter { !"-_/. ".unicodeScalars.contains($0) }
    var name = String(String.UnicodeScalarView(letters))
    guard !name.isEmpty else {
      self = .absent
      return
    }
    // OpenSSL 3 writes SHA2-256 for what is SHA256 everywhere else.
    for size in ["224", "256", "384", "512"] where name == "SHA2" + size { name = "SHA" + size }
    let known = DigestAlgorithm.allCases.first { name == $0.name.filter { $0 != "-" } }
    if let known {
      self = .algorithm(known)
    } else if Self.notComputed.contains(where: { name.hasPrefix($0) }) {
      self = .notComputed(text)
    } else {
      self = .unknown(text)
    }
  }

  /// The first letters of algorithms' names that tools write and that are not computed here.
  private static let notComputed = [
    "BLAKE", "SHA224", "SHA512224", "SHA512256", "SHA2512224", "SHA2512256", "SHA3224", "SHAKE",
    "KECCAK", "SM3", "RIPEMD", "RMD160", "WHIRLPOOL", "TIGER", "CRC", "ADLER", "XXH", "STREEBOG",
    "GOST", "MD2", "MD4", "MD6", "HMAC",
  ]
}

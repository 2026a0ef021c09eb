/// The fields of an X.509 certificate; true only as far as its issuer is trusted.
public struct CertificateFacts: Hashable, Sendable {
  /// The subject, in the notation of RFC 4514.
  public let subject: String
  /// The issuer, in the notation of RFC 4514.
  public let issuer: String
  /// The serial number in hexadecimal digits.
  public let serial: String
  /// The first second it is valid at, counted from 1970.
  public let notBefore: Int64
  /// The last second it is valid at, counted from 1970.
  public let notAfter: Int64
  /// Its public key.
  public let key: Key
  /// The signature algorithm, `sha256WithRSAEncryption`, or an object identifier.
  public let signatureAlgorithm: String
  /// True if it is signed with its own key: no certificate authority vouches for it.
  public let isSelfSigned: Bool

  /// The kind and size of a public key.
  public enum Key: Hashable, Sendable, CustomStringConvertible {
    /// RSA with a modulus of so many bits.
    case rsa(bits: Int)
    /// An elliptic curve: `P-256`, `P-384`, `P-521`.
    case ecdsa(curve: String, bits: Int)
    /// Another kind, by name or object identifier, which is not verified here.
    case other(String)

    /// True if the key is too short to be relied on: RSA under 2,048 bits.
    public var isWeak: Bool {
      if case .rsa(let bits) = self { return bits < 2_048 }
      return false
    }

    /// `RSA 2048`, `ECDSA P-256`.
    public var description: String {
      switch self {
      case .rsa(let bits): "RSA \(bits)"
      case .ecdsa(let curve, _): "ECDSA \(curve)"
      case .other(let name): name
      }
    }
  }

  /// Compares a moment with the dates of the certificate.
  /// - Parameters:
  ///   - date: seconds since 1970.
  ///   - soonDays: how many days before its end a certificate counts as expiring soon.
  public func validity(at date: Int64, soonDays: Int = 30) -> CertificateValidity {
    let day: Int64 = 86_400
    if date < notBefore { return .notYetValid(days: Int((notBefore - date + day - 1) / day)) }
    if date > notAfter { return .expired(days: Int((date - notAfter) / day)) }
    let left = Int((notAfter - date) / day)
    return left < soonDays ? .expiresSoon(days: left) : .valid(days: left)
  }
}

/// The validity of a certificate at a moment.
public enum CertificateValidity: Hashable, Sendable {
  /// Valid for so many more whole days.
  case valid(days: Int)
  /// Valid, but for few days only.
  case expiresSoon(days: Int)
  /// Its time ended so many whole days ago.
  case expired(days: Int)
  /// Its time begins in so many days, begun ones counted.
  case notYetValid(days: Int)
}

import Crypto
import OVABasics

/// A secret that opens the API to one user. Only its hash is ever stored.
public struct Token: Sendable {
  /// What the user keeps.
  public let text: String

  /// A new one of 256 random bits.
  public static func make() -> Token {
    var generator = SystemRandomNumberGenerator()
    let bytes = (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    return Token(text: "ova_" + Base64URL.encoded(bytes))
  }

  /// What a client sent.
  public init(text: String) { self.text = text }

  /// What is stored: the SHA-256 of the text.
  public var hash: [UInt8] { Array(SHA256.hash(data: Array(text.utf8))) }
}

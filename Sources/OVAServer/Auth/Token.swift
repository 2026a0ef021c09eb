import Crypto
import OVABasics

/// A secret that opens the API to one user. Only its hash is ever stored.
public struct Token: Sendable {
  /// The token's text, which only the user keeps.
  public let text: String

  /// A new one of 256 random bits.
  public static func make() -> Token {
    var generator = SystemRandomNumberGenerator()
    let bytes = (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    return Token(text: "ova_" + Base64URL.encoded(bytes))
  }

  /// Takes a token that a client sent.
  public init(text: String) { self.text = text }

  /// The SHA-256 of the text, which is stored.
  public var hash: [UInt8] { Array(SHA256.hash(data: Array(text.utf8))) }
}

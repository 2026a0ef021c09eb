import FoundationEssentials
import JWTKit

/// The claims of a token that this server signs.
struct TokenClaims: JWTPayload {
  /// When the token runs out, in seconds since 1970.
  var exp: Int64
  /// When it was made.
  var iat: Int64?
  /// Whether a second factor is asked for, which existing clients read.
  var otp: Bool?
  /// The user.
  var sub: String
  var username: String?

  /// Makes the claims of a user.
  init(user: String, now: Int64, lifetime: Int64) {
    exp = now + lifetime
    iat = now
    otp = false
    sub = user
    username = user
  }

  /// Checks nothing: whoever verifies a token compares its end with a clock of their own.
  func verify(using algorithm: some JWTAlgorithm) {}

  /// Writes a token with its keys in alphabetical order, as all JSON of the API.
  static var serializer: DefaultJWTSerializer {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return DefaultJWTSerializer(jsonEncoder: encoder)
  }
}

import FoundationEssentials
import JWTKit

/// The claims of a token that this server signs.
struct TokenClaims: JWTPayload {
  /// The end of the token's time, in seconds since 1970.
  var exp: Int64
  /// The time at which it was made, in seconds since 1970.
  var iat: Int64?
  /// True if a second factor is asked for, which existing clients read.
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

import Crypto
import OVABasics

/// The token of a form that changes something, so that no other site can send it in a user's name:
/// only who knows the session can make it.
enum FormToken {
  private static let purpose = Array("a form of the pages".utf8)

  /// The token of a session; empty without one.
  static func text(of session: String?) -> String {
    guard let session else { return "" }
    let code = HMAC<SHA256>.authenticationCode(for: purpose, using: key(session))
    return Base64URL.encoded(code)
  }

  /// Returns whether a form came from a page that was shown in this session.
  static func isValid(_ text: String?, of session: String?) -> Bool {
    guard let text, let session, let code = Base64URL.decoded(text) else { return false }
    return HMAC<SHA256>.isValidAuthenticationCode(
      code, authenticating: purpose, using: key(session))
  }

  private static func key(_ session: String) -> SymmetricKey {
    SymmetricKey(data: Array(session.utf8))
  }
}

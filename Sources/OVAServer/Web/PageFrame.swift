import Hummingbird
import OVABasics

/// The frame of all pages.
struct PageFrame {
  /// The path that links begin with.
  var base: String
  /// The user; nil when no user is signed in.
  var signedIn: String?
  /// The token that forms have to send back.
  var formToken: String
}

extension HandlerContext {
  var frame: PageFrame {
    PageFrame(
      base: services.basePath, signedIn: user.isEmpty ? nil : user.forDisplay,
      formToken: FormToken.text(of: Authenticator.session(in: request.headers[.cookie])))
  }
}

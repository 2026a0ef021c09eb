import Hummingbird
import OVABasics

/// What all pages show around their content.
struct PageFrame {
  /// The path that links begin with.
  var base: String
  /// The user; nil when nobody is signed in.
  var signedIn: String?
  /// What forms that change something have to send back.
  var formToken: String
}

extension HandlerContext {
  var frame: PageFrame {
    PageFrame(
      base: services.basePath, signedIn: user.isEmpty ? nil : user.inert,
      formToken: FormToken.text(of: Authenticator.session(in: request.headers[.cookie])))
  }
}

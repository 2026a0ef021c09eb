import Hummingbird
import OVABasics
import OVACatalog

/// Signing in and out of the pages.
enum SignInRoutes {
  static let all = [
    Route(
      "/sign-in", access: .page,
      .get("Asks for a password or a token.") { try show($0) },
      .post("Signs in.") { try await signIn($0) }),
    Route("/sign-out", access: .page, .post("Signs out.") { try await signOut($0) }),
  ]

  private static func show(_ context: HandlerContext) throws -> APIResponse {
    let wanted = SafePath.accepted(context.value("to"))
    guard context.user.isEmpty else { return .seeOther(context.services.basePath + wanted) }
    return try WebTemplates.signIn.page(SignInPage(context, wanted: wanted))
  }

  private static func signIn(_ context: HandlerContext) async throws -> APIResponse {
    let form = try await PageForm(context)
    let wanted = SafePath.accepted(form.value("to"))
    func refused(_ problem: Problem) throws -> APIResponse {
      var answer = try WebTemplates.signIn.page(
        SignInPage(context, wanted: wanted, message: problem.sentence, user: form.value("user")),
        status: problem.status)
      // A browser would ask for a password in a window of its own.
      for field in problem.headers where field.name != .wwwAuthenticate {
        answer.headers[field.name] = field.value
      }
      return answer
    }
    let (session, seconds): (String, Int64)
    if let password = form.value("password") {
      do {
        session = try await SessionRoutes.token(
          user: form.value("user") ?? "", password: password, for: context)
        seconds = context.services.authenticator.logins?.lifetime ?? 0
      } catch let problem as Problem where problem.status.code < 500 {
        return try refused(problem)
      }
    } else {
      session = form.value("token")?.filter { !$0.isWhitespace } ?? ""
      seconds = 2_592_000
      // The text goes into a header, so it may hold only what tokens are made of.
      let isPlain = session.utf8.allSatisfy { byte in
        (0x21...0x7E).contains(byte) && !"\",;\\".utf8.contains(byte)
      }
      guard isPlain, try await context.services.authenticator.user(ofToken: session) != nil else {
        return try refused(Problem(status: .unauthorized, message: "this token is not valid"))
      }
    }
    return .seeOther(
      context.services.basePath + wanted, cookie: cookie(session, context, seconds: seconds))
  }

  private static func signOut(_ context: HandlerContext) async throws -> APIResponse {
    let form = try await PageForm(context)
    if !context.user.isEmpty { try form.requireToken(of: context) }
    return .seeOther(
      "\(context.services.basePath)/sign-in", cookie: cookie("", context, seconds: 0))
  }

  /// Forms carry a token of their own, so that a link from elsewhere may find one signed in.
  private static func cookie(_ value: String, _ context: HandlerContext, seconds: Int64) -> String {
    let secure = context.services.baseURL.hasPrefix("https:") ? "; Secure" : ""
    return """
      \(Authenticator.cookie)=\(value); Path=\(context.services.basePath)/; \
      Max-Age=\(seconds); HttpOnly; SameSite=Lax\(secure)
      """
  }
}

/// The content of the sign-in page.
struct SignInPage {
  var base: String
  var signedIn: String?
  var formToken: String
  /// The reason why signing in failed.
  var message: String?
  /// The page to go to afterward.
  var wanted: String?
  var hasPasswords: Bool
  /// The name that was given.
  var user: String

  init(_ context: HandlerContext, wanted: String, message: String? = nil, user: String? = nil) {
    let frame = context.frame
    base = frame.base
    signedIn = frame.signedIn
    formToken = frame.formToken
    self.message = message
    self.wanted = wanted == "/" ? nil : wanted
    hasPasswords = context.services.authenticator.logins != nil
    self.user = (user ?? "").forDisplay
  }
}

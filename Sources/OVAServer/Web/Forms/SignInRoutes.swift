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

  private static func show(_ exchange: Exchange) throws -> Answer {
    let wanted = SafePath.accepted(exchange.value("to"))
    guard exchange.user.isEmpty else { return .seeOther(exchange.services.basePath + wanted) }
    return try WebText.signIn.page(SignInPage(exchange, wanted: wanted))
  }

  private static func signIn(_ exchange: Exchange) async throws -> Answer {
    let form = try await PageForm(exchange)
    let wanted = SafePath.accepted(form.value("to"))
    func refused(_ problem: Problem) throws -> Answer {
      var answer = try WebText.signIn.page(
        SignInPage(exchange, wanted: wanted, message: problem.sentence, user: form.value("user")),
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
          user: form.value("user") ?? "", password: password, for: exchange)
        seconds = exchange.services.authenticator.logins?.lifetime ?? 0
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
      guard isPlain, try await exchange.services.authenticator.user(ofToken: session) != nil else {
        return try refused(Problem(status: .unauthorized, message: "this token is not valid"))
      }
    }
    return .seeOther(
      exchange.services.basePath + wanted, cookie: cookie(session, exchange, seconds: seconds))
  }

  private static func signOut(_ exchange: Exchange) async throws -> Answer {
    let form = try await PageForm(exchange)
    if !exchange.user.isEmpty { try form.requireToken(of: exchange) }
    return .seeOther(
      "\(exchange.services.basePath)/sign-in", cookie: cookie("", exchange, seconds: 0))
  }

  /// Forms carry a token of their own, so that a link from elsewhere may find one signed in.
  private static func cookie(_ value: String, _ exchange: Exchange, seconds: Int64) -> String {
    let secure = exchange.services.baseURL.hasPrefix("https:") ? "; Secure" : ""
    return """
      \(Authenticator.cookie)=\(value); Path=\(exchange.services.basePath)/; \
      Max-Age=\(seconds); HttpOnly; SameSite=Lax\(secure)
      """
  }
}

/// What the sign-in page shows.
struct SignInPage {
  var base: String
  var signedIn: String?
  var formToken: String
  /// Why it did not work.
  var message: String?
  /// Where to go then.
  var wanted: String?
  var hasPasswords: Bool
  /// The name that was given.
  var user: String

  init(_ exchange: Exchange, wanted: String, message: String? = nil, user: String? = nil) {
    let frame = exchange.frame
    base = frame.base
    signedIn = frame.signedIn
    formToken = frame.formToken
    self.message = message
    self.wanted = wanted == "/" ? nil : wanted
    hasPasswords = exchange.services.authenticator.logins != nil
    self.user = (user ?? "").inert
  }
}

import FoundationEssentials
import Hummingbird
import OVABasics
import OVAConfiguration

/// Logins, and what clients ask about a session.
enum SessionRoutes {
  static let all = [
    Route(
      "/auth/request-token", access: .everybody,
      .post(
        "Gives a token for a user's name and password (Basic).", answers: .object("SignedToken")
      ) { try await login($0) }),
    Route(
      "/v2/session/motd",
      .get("Shows the message of the day; there is none.", answers: .single(of: "Anything")) {
        context in
        .single(
          links: ["self": .string(context.pathURL)], data: Array("{}".utf8), count: nil,
          user: context.user)
      }),
    Route(
      "/v2/ping", access: .everybody,
      .get("Says that the server is there.", answers: .single(of: "Anything")) { context in
        .single(
          links: ["self": .string(context.pathURL)],
          data: JSON.object([("message", "pong")]).bytes(), count: nil, user: nil)
      }),
  ]

  private static func login(_ context: HandlerContext) async throws -> APIResponse {
    // Nothing in it matters, but a body that is no JSON was not meant for here.
    let bytes = context.bytes
    if !bytes.isEmpty, (try? JSONDecoder().decode(LoginBody.self, from: Data(bytes))) == nil {
      throw Problem(status: .badRequest, message: "the body is not a JSON object")
    }
    let parts = context.request.headers[.authorization]?.split(separator: " ", maxSplits: 1) ?? []
    guard parts.count == 2, parts[0].lowercased() == "basic",
      let credentials = BasicCredentials(parts[1].trimming { $0 == " " })
    else { throw refused("user name and password are needed") }
    let token = try await token(
      user: credentials.user, password: credentials.password, for: context)
    var answer = APIResponse.json(["token": .string(token)])
    answer.headers[.cacheControl] = "no-store"
    return answer
  }

  /// The signed token of a user who knows their password: the one check of passwords, for the API
  /// and the sign-in page alike.
  ///
  /// Throws a 401 when the server has no passwords or this one is wrong, a 429 after too many
  /// failures, and a 503 when too many others log in at the moment.
  static func token(
    user: String, password: String, for context: HandlerContext
  ) async throws -> String {
    guard let logins = context.services.authenticator.logins else {
      throw refused("this server knows no passwords; ask its operator for a token")
    }
    return try await logins.signIn(
      user: user, password: password, address: context.address, now: context.services.now())
  }

  private static func refused(_ message: String) -> Problem {
    Problem(
      status: .unauthorized, message: message,
      headers: [.wwwAuthenticate: PasswordAuthenticator.challenge])
  }

  private struct LoginBody: Decodable {}
}

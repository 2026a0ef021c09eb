import OVABasics
import OVACatalog
import OVAConfiguration
import OVAJobs

/// Finds out who asks: by a token of the catalog, or one that this server signed.
package struct Authenticator: Sendable {
  let catalog: CatalogConnection
  /// Logins with user name and password; nil when there is no users file.
  let logins: PasswordAuthenticator?
  let now: @Sendable () -> Int64
  package let uses: TokenUses

  init(
    catalog: CatalogConnection, logins: PasswordAuthenticator?, now: @escaping @Sendable () -> Int64
  ) {
    self.catalog = catalog
    self.logins = logins
    self.now = now
    uses = TokenUses(catalog: catalog)
  }

  /// The user of an `Authorization` header.
  ///
  /// Throws a 401 that says what was wrong with it, and nothing of the catalog.
  func user(ofAuthorization header: String?) async throws -> String {
    guard let header else { throw Problem.unauthorized("a token is needed") }
    let parts = header.split(separator: " ", maxSplits: 1)
    let scheme = parts.first?.lowercased()
    let credentials = parts.count > 1 ? parts[1].trimming { $0 == " " } : ""
    let text: String
    switch scheme {
    case "bearer": text = String(credentials)
    case "basic":
      // HTTPie's `-a TOKEN` sends the token as the user's name.
      guard let pair = BasicCredentials(credentials) else {
        throw Problem.unauthorized("the credentials cannot be read")
      }
      text = pair.user
    default: throw Problem.unauthorized("only 'Authorization: Bearer <token>' is supported")
    }
    guard let user = try await user(ofToken: text) else {
      throw Problem.unauthorized("the token is not valid")
    }
    return user
  }

  /// The user whom a page's cookie belongs to; nil when no user is signed in.
  func user(ofCookie header: String?) async throws -> String? {
    guard let session = Self.session(in: header) else { return nil }
    return try await user(ofToken: session)
  }

  /// The token in a page's cookie; nil when there is none.
  static func session(in header: String?) -> String? {
    guard let header else { return nil }
    for part in header.split(separator: ";") {
      let pair = part.split(separator: "=", maxSplits: 1)
      guard pair.count == 2, pair[0].trimming({ $0 == " " }) == Self.cookie else { continue }
      return String(pair[1].trimming { $0 == " " || $0 == "\"" })
    }
    return nil
  }

  /// The cookie that a signed-in page sends.
  static let cookie = "ova_session"

  /// The owner of a token; nil when it opens nothing.
  package func user(ofToken text: String) async throws -> String? {
    guard (1...4096).contains(text.utf8.count) else { return nil }
    if let user = await logins?.user(ofSigned: text, now: now()) { return user }
    let hash = Token(text: text).hash
    // The index is searched for the hash of a random secret, so that how long the search takes
    // tells nothing of any token.
    guard let row = try await catalog.token(hash: hash) else { return nil }
    let now = now()
    guard row.isValid(at: now) else { return nil }
    uses.note(row.id, now: now)
    return row.owner
  }
}

/// `user:password` in base64.
struct BasicCredentials: Sendable {
  let user: String
  let password: String

  /// Nil when it is neither; the password may contain colons.
  init?(_ text: some StringProtocol) {
    guard let bytes = Base64URL.decoded(text),
      let decoded = String(validating: bytes, as: UTF8.self),
      !decoded.utf8.contains(0)
    else { return nil }
    let parts = decoded.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    user = String(parts[0])
    password = parts.count > 1 ? String(parts[1]) : ""
  }
}

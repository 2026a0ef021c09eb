import Crypto
import FoundationEssentials
import HTTPTypes
import Logging
import OVABasics
import OVAConcurrency
import OVAConfiguration
import Synchronization

/// Logins with user name and password: a users file as `htpasswd` writes it, and tokens that are
/// signed and short-lived instead of stored.
package final class PasswordAuthenticator: Sendable {
  private let passwords: Passwords
  private let keyFile: SecretFile
  /// Seconds that a token opens anything.
  let lifetime: Int64
  private let limits = LoginLimits()
  private let threads = WorkPool.passwords()
  private let key = Mutex<SymmetricKey?>(nil)
  /// One reads or makes the key, and the others wait for that.
  private let keyReading = KeyedTurns<String>()
  private let metrics: ServerMetrics
  private let logger: Logger

  /// Names the files; they are read when they are needed.
  init(
    usersFile: String, keyFile: String, lifetime: Int64, metrics: ServerMetrics, logger: Logger
  ) {
    passwords = Passwords(path: usersFile)
    self.keyFile = SecretFile(path: keyFile)
    self.lifetime = lifetime
    self.metrics = metrics
    self.logger = logger
  }

  /// A token for a user who knows their password.
  ///
  /// - Parameters:
  ///   - address: where the attempt comes from, as `ClientAddress.group` names it.
  ///   - now: seconds since 1970.
  /// - Throws: a `Problem`: 401 for a wrong name or password, which take equally long; 429 after too
  ///   many failures; 503 when too many others wait, or no token can be signed.
  func signIn(
    user: String, password: String, address: String?, now: Int64
  ) async throws -> String {
    let time = ContinuousClock.now - Self.start
    switch limits.begin(user: user, address: address, now: time.components.seconds) {
    case .allowed: break
    case .wait(let seconds):
      metrics.loggedIn(.limited)
      throw Problem(
        status: .tooManyRequests,
        message: "too many attempts to log in have failed: try again in \(seconds) s",
        headers: [.retryAfter: "\(seconds)"])
    }
    let isRight: Bool
    do {
      isRight = try await threads.run { [passwords] _ in
        passwords.verifies(password, of: user) && UserName.isValid(user)
      }
    } catch {
      throw Problem(
        status: .serviceUnavailable, message: "too many log in at the moment",
        headers: [.retryAfter: "5"])
    }
    guard isRight else {
      metrics.loggedIn(.refused)
      throw Problem(
        status: .unauthorized, message: "user name or password is wrong",
        headers: [.wwwAuthenticate: Self.challenge])
    }
    limits.succeed(user: user, address: address)
    metrics.loggedIn(.accepted)
    return try await signed(user: user, now: now)
  }

  /// The `WWW-Authenticate` header of requests for a login.
  static let challenge = "Basic realm=\"image catalogue\", charset=\"UTF-8\""

  private static let start = ContinuousClock.now

  /// Passwords that are being checked, or wait to be.
  var runningCount: Int { threads.count }

  // MARK: Signed tokens

  private func signed(user: String, now: Int64) async throws -> String {
    let key = try await signingKey()
    let header: JSON = ["alg": "HS256", "typ": "JWT"]
    let payload: JSON = [
      "exp": .integer(now + lifetime), "iat": .integer(now), "otp": .bool(false),
      "sub": .string(user), "username": .string(user),
    ]
    let text =
      Base64URL.encoded(header.bytes()) + "." + Base64URL.encoded(payload.bytes())
    let code = HMAC<SHA256>.authenticationCode(for: Array(text.utf8), using: key)
    return text + "." + Base64URL.encoded(code)
  }

  /// The user of a token that this server signed, that has not run out, and who still has a
  /// password; nil for any other text. What the token says of its own algorithm is of no account.
  func user(ofSigned text: String, now: Int64) async -> String? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 3, let code = Base64URL.decoded(parts[2]),
      let key = try? await signingKey(),
      HMAC<SHA256>.isValidAuthenticationCode(
        code, authenticating: Array("\(parts[0]).\(parts[1])".utf8), using: key),
      let payload = Base64URL.decoded(parts[1]),
      let claims = Claims(payload), now < claims.expires, await passwords.hasUser(claims.user)
    else { return nil }
    return claims.user
  }

  /// The key, made when there is none; in a file, so that tokens outlive a restart.
  private func signingKey() async throws(Problem) -> SymmetricKey {
    if let known = key.withLock({ $0 }) { return known }
    return try await keyReading.take(keyFile.path) { (_) async throws(Problem) in
      if let known = key.withLock({ $0 }) { return known }
      let new = try await readKey()
      key.withLock { $0 = new }
      return new
    }
  }

  private func readKey() async throws(Problem) -> SymmetricKey {
    let text: String?
    do {
      text = try await WorkPool.files.run { [keyFile] _ in
        try keyFile.text(judging: Self.judge) {
          let new = SymmetricKey(size: .bits256)
          return unsafe new.withUnsafeBytes { unsafe Base64URL.encoded(Array($0)) } + "\n"
        }
      }
    } catch {
      if let error = error as? SecretFile.Failure {
        logger.error(
          "the key of tokens cannot be used",
          metadata: ["path": "\(keyFile.path.inert)", "error": "\(error.words)"])
      }
      text = nil
    }
    guard let bytes = text.flatMap(Self.bytes) else {
      throw Problem(
        status: .serviceUnavailable, message: "no tokens can be signed at the moment",
        headers: [.retryAfter: "60"])
    }
    return SymmetricKey(data: bytes)
  }

  /// The key in a file's text; nil when there is none of at least 256 bits.
  private static func bytes(of text: String) -> [UInt8]? {
    let line = text.split(whereSeparator: \.isNewline).first ?? ""
    return Base64URL.decoded(line).flatMap { $0.count >= 32 ? $0 : nil }
  }

  /// A key that was cut short is nothing, zeros, or fewer letters than a key has; whatever else is
  /// there was not written for this.
  private static func judge(_ text: String) -> SecretFile.Content {
    if bytes(of: text) != nil { return .secret }
    let bytes = text.utf8
    guard bytes.count <= 64 else { return .foreign }
    if bytes.allSatisfy({ $0 == 0 }) { return .unfinished }
    let line = text.split(separator: "\n", omittingEmptySubsequences: false)
    let isStart = line.count <= 2 && line.dropFirst().allSatisfy(\.isEmpty)
    return isStart && Base64URL.decoded(line.first ?? "") != nil ? .unfinished : .foreign
  }
}

/// The claims of a signed token.
private struct Claims {
  let user: String
  let expires: Int64

  init?(_ payload: [UInt8]) {
    guard let claims = try? JSONDecoder().decode(Shape.self, from: Data(payload)) else {
      return nil
    }
    user = claims.sub
    expires = claims.exp
  }

  private struct Shape: Decodable {
    var sub: String
    var exp: Int64
  }
}

/// Comparisons that tell nothing by how long they take.
enum ConstantTime {
  /// Whether both are the same bytes; only their lengths can be told from the time.
  static func areEqual(_ a: [UInt8], _ b: [UInt8]) -> Bool {
    guard a.count == b.count else { return false }
    var difference: UInt8 = 0
    for (x, y) in zip(a, b) { difference |= x ^ y }
    return difference == 0
  }
}

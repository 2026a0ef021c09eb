import Crypto
import HTTPTypes
import JWTKit
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
  private let keys = Mutex<JWTKeyCollection?>(nil)
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
    try await signingKeys().sign(TokenClaims(user: user, now: now, lifetime: lifetime))
  }

  /// The user of a token that this server signed, that has not run out, and who still has a
  /// password; nil for any other text. What the token says of its own algorithm is of no account.
  func user(ofSigned text: String, now: Int64) async -> String? {
    // The tokens of the catalog have no parts.
    guard text.utf8.count(where: { $0 == UInt8(ascii: ".") }) == 2,
      let keys = try? await signingKeys(),
      let claims = try? await keys.verify(text, as: TokenClaims.self),
      now < claims.exp, await passwords.hasUser(claims.sub)
    else { return nil }
    return claims.sub
  }

  /// The key, made when there is none; in a file, so that tokens outlive a restart.
  private func signingKeys() async throws(Problem) -> JWTKeyCollection {
    if let known = keys.withLock({ $0 }) { return known }
    return try await keyReading.take(keyFile.path) { (_) async throws(Problem) in
      if let known = keys.withLock({ $0 }) { return known }
      let key = try await readKey()
      let new = await JWTKeyCollection().add(
        hmac: key, digestAlgorithm: .sha256, serializer: TokenClaims.serializer)
      keys.withLock { $0 = new }
      return new
    }
  }

  private func readKey() async throws(Problem) -> HMACKey {
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
          metadata: ["path": "\(keyFile.path.forDisplay)", "error": "\(error.words)"])
      }
      text = nil
    }
    guard let bytes = text.flatMap(Self.bytes) else {
      throw Problem(
        status: .serviceUnavailable, message: "no tokens can be signed at the moment",
        headers: [.retryAfter: "60"])
    }
    return HMACKey(from: bytes)
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

/// Comparisons that tell nothing by how long they take.
enum ConstantTime {
  /// Returns whether both are the same bytes; the time reveals only their lengths.
  static func areEqual(_ a: [UInt8], _ b: [UInt8]) -> Bool {
    guard a.count == b.count else { return false }
    var difference: UInt8 = 0
    for (x, y) in zip(a, b) { difference |= x ^ y }
    return difference == 0
  }
}

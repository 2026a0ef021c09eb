import CCrypt
import Crypto
import FoundationEssentials
import Glibc
import HTTPTypes
import OVABasics
import OVAByteSource
import OVAConfiguration
import Synchronization

/// Logins with user name and password: a users file as `htpasswd` writes it, and tokens that are
/// signed and short-lived instead of stored.
package final class Logins: Sendable {
  private let usersFile: String
  private let keyFile: String
  /// Seconds that a token opens anything.
  let lifetime: Int64
  private let users = Mutex<KnownUsers>(KnownUsers())
  private let key = Mutex<SymmetricKey?>(nil)

  /// Names the files; they are read when they are needed.
  init(usersFile: String, keyFile: String, lifetime: Int64) {
    self.usersFile = usersFile
    self.keyFile = keyFile
    self.lifetime = lifetime
  }

  private struct KnownUsers {
    var facts: FileFacts?
    var hashes: [String: String] = [:]
  }

  /// A token for a user who knows their password; nil for all others. Slow on purpose, so it does
  /// not belong on an event loop.
  func token(user: String, password: String, now: Int64) throws -> String? {
    let hash = hash(of: user)
    // Unknown users cost as long as known ones, so that nobody learns who there is.
    let isRight = Self.verifies(password, hash ?? Self.nobody)
    guard hash != nil, isRight, UserName.isValid(user) else { return nil }
    return try signed(user: user, now: now)
  }

  private static let nobody =
    "$6$rounds=5000$ovakitnobody$" + String(repeating: "x", count: 86)

  private func hash(of user: String) -> String? {
    users.withLock { known in
      guard let facts = try? FileFacts.of(path: usersFile) else {
        known = KnownUsers()
        return nil
      }
      if facts != known.facts {
        known.facts = facts
        known.hashes = Self.users(in: SmallFile.text(usersFile) ?? "")
      }
      return known.hashes[user]
    }
  }

  /// `user:hash` lines; comments and empty lines are passed over.
  static func users(in text: String) -> [String: String] {
    var users: [String: String] = [:]
    for line in text.split(whereSeparator: \.isNewline) where !line.hasPrefix("#") {
      let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
      guard parts.count >= 2, !parts[0].isEmpty, parts[1].hasPrefix("$") else { continue }
      users[String(parts[0])] = String(parts[1].trimming { $0 == " " || $0 == "\t" })
    }
    return users
  }

  /// Whether a password is the one of a crypt(3) hash.
  static func verifies(_ password: String, _ hash: String) -> Bool {
    guard !password.utf8.contains(0), password.utf8.count <= 511 else { return false }
    var memory: UnsafeMutableRawPointer?
    var size: Int32 = 0
    guard let result = unsafe crypt_ra(password, hash, &memory, &size) else {
      unsafe free(memory)
      return false
    }
    let computed = unsafe String(cString: result)
    unsafe free(memory)
    return ConstantTime.areEqual(Array(computed.utf8), Array(hash.utf8))
  }

  // MARK: Signed tokens

  private func signed(user: String, now: Int64) throws -> String {
    let key = try signingKey()
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
  func user(ofSigned text: String, now: Int64) -> String? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 3, let code = Base64URL.decoded(parts[2]),
      let key = try? signingKey(),
      HMAC<SHA256>.isValidAuthenticationCode(
        code, authenticating: Array("\(parts[0]).\(parts[1])".utf8), using: key),
      let payload = Base64URL.decoded(parts[1]),
      let claims = Claims(payload), now < claims.expires, hash(of: claims.user) != nil
    else { return nil }
    return claims.user
  }

  /// The key, made when there is none; in a file, so that tokens outlive a restart.
  private func signingKey() throws -> SymmetricKey {
    try key.withLock { known in
      if let known { return known }
      if let text = SmallFile.text(keyFile),
        let bytes = Base64URL.decoded(text.split(whereSeparator: \.isNewline).first ?? ""),
        bytes.count >= 32
      {
        let key = SymmetricKey(data: bytes)
        known = key
        return key
      }
      let new = SymmetricKey(size: .bits256)
      let text = unsafe new.withUnsafeBytes { unsafe Base64URL.encoded(Array($0)) } + "\n"
      guard SmallFile.writeSecret(text, to: keyFile) else {
        throw Problem(
          status: .serviceUnavailable, message: "no tokens can be signed at the moment")
      }
      known = new
      return new
    }
  }
}

/// What a signed token says.
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

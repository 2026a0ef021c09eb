import CCrypt
import Crypto
import Glibc
import OVAByteSource
import OVAConcurrency
import Synchronization

/// A file of users and their passwords, as `htpasswd` writes it, read anew when it changed.
final class Passwords: Sendable {
  private let path: String
  private let users = Mutex(Users())
  /// Chooses the hash that stands in for a user who is not there; no client can tell which.
  private let chooser = SymmetricKey(size: .bits256)

  private struct Users {
    var facts: FileFacts?
    var hashes: [String: String] = [:]
    /// All hashes in an order that stays.
    var order: [String] = []
  }

  init(path: String) { self.path = path }

  /// Returns whether somebody of that name may log in.
  func hasUser(_ name: String) async -> Bool {
    let isThere = try? await WorkPool.files.run { [self] _ in current().hashes[name] != nil }
    return isThere ?? false
  }

  /// Returns whether a password is a user's; blocks the calling thread. Takes as long for names
  /// that are not there as for those that are: the hash of some user is computed for them.
  func verifies(_ password: String, of user: String) -> Bool {
    let users = current()
    let standIn = standIn(for: user, in: users)
    guard let hash = users.hashes[user] else {
      _ = Self.judge(password, standIn)
      return false
    }
    switch Self.judge(password, hash) {
    case .right: return true
    case .wrong: return false
    case .unusable:
      _ = Self.judge(password, standIn)
      return false
    }
  }

  private static let nobody =
    "$6$rounds=5000$ovakitnobody$" + String(repeating: "x", count: 86)

  private func standIn(for user: String, in users: Users) -> String {
    guard !users.order.isEmpty else { return Self.nobody }
    let code = HMAC<SHA256>.authenticationCode(for: Array(user.utf8), using: chooser)
    let number = code.prefix(4).reduce(0) { $0 << 8 | Int($1) }
    return users.order[number % users.order.count]
  }

  private func current() -> Users {
    var now = Users()
    if let facts = try? FileFacts.of(path: path) {
      let known = users.withLock { $0 }
      if facts == known.facts { return known }
      let hashes = Self.users(in: TextFile.text(path) ?? "")
      let order = hashes.sorted { $0.key < $1.key }.map(\.value)
      now = Users(facts: facts, hashes: hashes, order: order)
    }
    users.withLock { [now] in $0 = now }
    return now
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

  private enum Judgment { case right, wrong, unusable }

  /// Compares a password with a crypt(3) hash.
  private static func judge(_ password: String, _ hash: String) -> Judgment {
    guard !password.utf8.contains(0), password.utf8.count <= 511 else { return .wrong }
    var memory: UnsafeMutableRawPointer?
    var size: Int32 = 0
    defer { unsafe free(memory) }
    guard let result = unsafe crypt_ra(password, hash, &memory, &size) else { return .unusable }
    let computed = unsafe String(cString: result)
    return ConstantTime.areEqual(Array(computed.utf8), Array(hash.utf8)) ? .right : .wrong
  }
}

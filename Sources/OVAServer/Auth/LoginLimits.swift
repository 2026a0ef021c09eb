import Synchronization

/// Limits the attempts to log in: a few at once for each user name and each address, then after
/// delays that double with each failure.
///
/// An attempt counts as a failure from its start until it has turned out well, so that attempts at
/// the same time are no way around. User names that do not exist are counted as those that do.
package final class LoginLimits: Sendable {
  package init() {}

  /// The things that are limited.
  private struct Limit {
    /// Failures that cost nothing.
    var free: Int
    /// The longest delay, in seconds.
    var longest: Int64
  }

  /// Low enough that a stranger who tries a user's name does not lock that user out for long.
  private static let byUser = Limit(free: 5, longest: 60)
  /// People who share an address are more than one.
  private static let byAddress = Limit(free: 20, longest: 300)
  /// Failures are forgotten after so many seconds without another.
  private static let memory: Int64 = 3600
  /// Names, and addresses, that are kept in mind.
  private static let most = 20_000

  private struct Record {
    var failures = 0
    /// The start of the last attempt.
    var last: Int64 = 0
    /// The earliest instant of the next attempt.
    var next: Int64 = 0
  }

  private struct Records {
    private var byKey: [[UInt8]: Record] = [:]

    /// Seconds to wait; nil when an attempt may be made.
    func wait(_ key: [UInt8], _ now: Int64) -> Int64? {
      guard let record = byKey[key], record.next > now else { return nil }
      return record.next - now
    }

    mutating func begin(_ key: [UInt8], _ limit: Limit, _ now: Int64) {
      var record = byKey[key] ?? Record()
      if now - record.last > LoginLimits.memory { record = Record() }
      record.failures += 1
      record.last = now
      let over = record.failures - limit.free
      record.next = over < 0 ? 0 : now + min(1 << Int64(min(over, 30)), limit.longest)
      if byKey[key] == nil, byKey.count >= LoginLimits.most { makeRoom(now) }
      byKey[key] = record
    }

    /// An attempt turned out well.
    mutating func succeed(_ key: [UInt8], forgetsAll: Bool) {
      guard var record = byKey[key] else { return }
      record.failures -= 1
      record.next = 0
      byKey[key] = forgetsAll || record.failures <= 0 ? nil : record
    }

    /// Drops the oldest; what has failed most is kept longest.
    private mutating func makeRoom(_ now: Int64) {
      byKey = byKey.filter { now - $0.value.last <= LoginLimits.memory }
      guard byKey.count >= LoginLimits.most else { return }
      let order = byKey.sorted {
        ($0.value.failures, $0.value.last) < ($1.value.failures, $1.value.last)
      }
      for (key, _) in order.prefix(LoginLimits.most / 4) { byKey[key] = nil }
    }
  }

  private struct State {
    var users = Records()
    var addresses = Records()
  }

  private let state = Mutex(State())

  /// The decision on an attempt.
  package enum Decision: Hashable, Sendable {
    case allowed
    /// Not before so many seconds are over, at least 1.
    case wait(seconds: Int64)
  }

  /// Asks for an attempt, which counts from now on.
  /// - Parameters:
  ///   - user: any text that somebody gave as a name.
  ///   - address: as `ClientAddress.group` names it; nil when it is not known.
  ///   - now: seconds on a clock that does not go back.
  package func begin(user: String, address: String?, now: Int64) -> Decision {
    let user = Self.key(user)
    let address = address.map(Self.key)
    return state.withLock { state in
      let waits = [state.users.wait(user, now), address.flatMap { state.addresses.wait($0, now) }]
      if let wait = waits.compactMap(\.self).max() { return .wait(seconds: max(wait, 1)) }
      state.users.begin(user, Self.byUser, now)
      if let address { state.addresses.begin(address, Self.byAddress, now) }
      return .allowed
    }
  }

  /// Says that the password of an attempt was right.
  package func succeed(user: String, address: String?) {
    let user = Self.key(user)
    let address = address.map(Self.key)
    state.withLock { state in
      state.users.succeed(user, forgetsAll: true)
      // Somebody with a password of their own does not get more guesses at others' by it.
      if let address { state.addresses.succeed(address, forgetsAll: false) }
    }
  }

  /// The first bytes of a name, as many as tell names apart; a long one costs no more memory.
  private static func key(_ text: String) -> [UInt8] { Array(text.utf8.prefix(64)) }
}

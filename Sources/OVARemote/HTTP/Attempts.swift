import Glibc

/// The attempts at one request, and the waits between them.
struct Attempts {
  private var made = 1
  private let settings: RemoteSettings

  init(_ settings: RemoteSettings) { self.settings = settings }

  /// Something was received, so that what fails next is a failure of its own.
  mutating func begin() { made = 1 }

  /// Waits before another attempt.
  /// - Parameter asked: the seconds that the server asks for.
  /// - Returns: false, at once, when there is to be none: there were enough, or the server asks for
  ///   too long a wait.
  mutating func wait(asked: Int? = nil) -> Bool {
    guard made < settings.attempts else { return false }
    if let asked, asked > settings.longestWaitSeconds { return false }
    let doubled = settings.retryMilliseconds << min(made - 1, 16)
    // All who failed together must not come back together.
    let random = Int.random(in: doubled / 2...max(doubled, 1))
    let own = min(random, settings.longestWaitSeconds * 1000)
    let milliseconds = max(own, (asked ?? 0) * 1000)
    made += 1
    usleep(useconds_t(clamping: milliseconds * 1000))
    return true
  }

  /// The seconds that an answer asks to wait; nil when it says nothing.
  static func secondsAsked(_ head: HTTPHead, now: Int64) -> Int? {
    guard let text = head["retry-after"] else { return nil }
    if let seconds = Int(text) { return max(0, seconds) }
    return HTTPDate.seconds(text).map { Int(clamping: max(0, $0 - now)) }
  }
}

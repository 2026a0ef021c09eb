import Synchronization

/// Lets one task at a time find out what several want to know; the others wait for it without
/// taking a thread, and then look at what it found.
public final class KeyedTurns<Key: Hashable & Sendable>: Sendable {
  /// Those who wait for the holder of a key's turn.
  private let turns = Mutex<[Key: [CheckedContinuation<Bool, Never>]]>([:])

  /// Turns that no thread holds.
  public init() {}

  /// Waits until no other thread is at work for a key, then works.
  ///
  /// When the work throws, the next one who waits has the turn. When it succeeds all who wait go on
  /// at once, outside of any turn, since what they want is known.
  /// - Parameters:
  ///   - key: what is worked for.
  ///   - work: is passed whether another thread has just done it for this key.
  public func take<Value, Failure: Error>(
    _ key: Key, _ work: (_ isDone: Bool) async throws(Failure) -> Value
  ) async throws(Failure) -> Value {
    if await wait(key) { return try await work(true) }
    do throws(Failure) {
      let value = try await work(false)
      for next in turns.withLock({ $0.removeValue(forKey: key) }) ?? [] {
        next.resume(returning: true)
      }
      return value
    } catch {
      passOn(key)
      throw error
    }
  }

  /// Returns when it is the caller's turn, with false, or when the work was done by another.
  private func wait(_ key: Key) async -> Bool {
    await withCheckedContinuation { continuation in
      let isFree = turns.withLock { turns -> Bool in
        guard turns[key] != nil else {
          turns[key] = []
          return true
        }
        turns[key]?.append(continuation)
        return false
      }
      if isFree { continuation.resume(returning: false) }
    }
  }

  private func passOn(_ key: Key) {
    let next = turns.withLock { turns -> CheckedContinuation<Bool, Never>? in
      guard var waiting = turns[key], !waiting.isEmpty else {
        turns[key] = nil
        return nil
      }
      let next = waiting.removeFirst()
      turns[key] = waiting
      return next
    }
    next?.resume(returning: false)
  }
}

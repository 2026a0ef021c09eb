internal import GRDB
import GRDBSQLite
import OVAConcurrency
import Synchronization

/// Interrupts queries that take too long, or whose result nobody wants any more: a deadline for each
/// connection, which SQLite's progress handler compares with the clock while a statement runs.
final class QueryDeadlines: Sendable {
  /// The time at which the reading of one connection has to end.
  private final class Clock: Sendable {
    /// Nanoseconds of `now`; the largest number for never.
    let end = Atomic<UInt64>(.max)
    /// The flag of the task that waits for the reading; nil where it cannot be cancelled.
    let flag = Mutex<CancelFlag?>(nil)

    var isOver: Bool {
      end.load(ordering: .relaxed) < MonotonicClock.now
        || flag.withLock { $0?.isCancelled ?? false }
    }
  }

  private let clocks = Mutex<[ObjectIdentifier: Clock]>([:])

  /// Instructions of SQLite's machine between two looks at the clock.
  private static let instructions: Int32 = 4096

  /// Gives a connection its clock.
  func attach(to db: GRDB.Database) {
    guard let connection = unsafe db.sqliteConnection else { return }
    let clock = Clock()
    clocks.withLock { $0[ObjectIdentifier(db)] = clock }
    unsafe sqlite3_progress_handler(
      connection, Self.instructions,
      { pointer in
        guard let pointer = unsafe pointer else { return 0 }
        let clock = unsafe Unmanaged<Clock>.fromOpaque(pointer).takeUnretainedValue()
        return clock.isOver ? 1 : 0
      }, Unmanaged.passUnretained(clock).toOpaque())
  }

  /// Does work whose statements fail with `SQLITE_INTERRUPT` once it has taken so many seconds, or
  /// the flag is raised.
  func limit<T>(
    _ db: GRDB.Database, to seconds: Double?, flag: CancelFlag? = nil, _ work: () throws -> T
  ) throws -> T {
    guard seconds != nil || flag != nil,
      let clock = clocks.withLock({ $0[ObjectIdentifier(db)] })
    else { return try work() }
    if let seconds {
      clock.end.store(MonotonicClock.now &+ UInt64(max(0, seconds) * 1e9), ordering: .relaxed)
    }
    clock.flag.withLock { $0 = flag }
    defer {
      clock.end.store(.max, ordering: .relaxed)
      clock.flag.withLock { $0 = nil }
    }
    return try work()
  }
}

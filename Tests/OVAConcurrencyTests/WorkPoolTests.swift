import Foundation
import OVAConcurrency
import Testing

struct WorkPoolTests {
  private struct Refused: Error, Hashable {}

  /// The names of this process's threads.
  private static func threadNames() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: "/proc/self/task").compactMap {
      try? String(contentsOfFile: "/proc/self/task/\($0)/comm", encoding: .utf8)
        .trimmingCharacters(in: .newlines)
    }
  }

  /// The nice value of the calling thread.
  private static func niceValue() -> Int32 {
    getpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0)
  }

  @Test func workRunsOnThreadsOfThePoolsNameAndItsResultComesBack() async throws {
    let pool = WorkPool(name: "tested", threads: 1)
    let name = try await pool.run { _ in
      try String(contentsOfFile: "/proc/thread-self/comm", encoding: .utf8)
    }
    #expect(name == "ova-tested\n")
  }

  @Test func theThreadsOfABackgroundPoolAreNicerThanOthers() async throws {
    let usual = Self.niceValue()
    let normal = WorkPool(name: "normal", threads: 1)
    let background = WorkPool(name: "background", threads: 1, priority: .background)
    #expect(try await normal.run { _ in Self.niceValue() } == usual)
    #expect(try await background.run { _ in Self.niceValue() } == max(usual, 10))
    #expect(Self.niceValue() == usual)
  }

  @Test func whatTheWorkThrowsIsThrown() async {
    let pool = WorkPool(name: "tested", threads: 1)
    await #expect(throws: Refused.self) { try await pool.run { _ in throw Refused() } }
  }

  @Test func noMoreRunAtATimeThanThePoolHasThreads() async throws {
    let pool = WorkPool(name: "tested", threads: 3)
    let crowd = Crowd()
    let (all, allThere) = (Latch(), Latch())
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<20 {
        group.addTask {
          try await pool.run { _ in
            crowd.enter()
            if crowd.all == 3 { allThere.open() }
            // Until three are there, and they alone can be.
            if crowd.all <= 3 { all.wait() }
            crowd.leave()
          }
        }
      }
      await allThere.opened()
      all.open()
      try await group.waitForAll()
    }
    #expect(crowd.most == 3)
    #expect(crowd.all == 20)
  }

  @Test func moreThanMayWaitIsRefused() async throws {
    let pool = WorkPool(name: "tested", threads: 1, mostWaiting: 2)
    let (started, end) = (Latch(), Latch())
    await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<3 {
        group.addTask {
          try await pool.run { _ in
            started.open()
            end.wait()
          }
        }
      }
      await started.opened()
      while pool.count < 3 { await Task.yield() }
      await #expect(throws: WorkPoolError.overloaded(pool: "tested")) {
        try await pool.run { _ in }
      }
      end.open()
    }
    #expect(try await pool.run { _ in 7 } == 7)
  }

  @Test func workThatWaitsIsAbandonedAtOnceWhenItsTaskIsCancelled() async throws {
    let pool = WorkPool(name: "tested", threads: 1)
    let (started, end) = (Latch(), Latch())
    let done = Collected<Int>()
    let first = Task {
      try await pool.run { _ in
        started.open()
        end.wait()
      }
    }
    await started.opened()
    let second = Task { try await pool.run { _ in done.add(2) } }
    while pool.count < 2 { await Task.yield() }
    second.cancel()
    // The first still has the only thread.
    await #expect(throws: CancellationError.self) { try await second.value }
    end.open()
    try await first.value
    try await pool.run { _ in done.add(3) }
    #expect(done.all == [3])
  }

  @Test func workThatRunsLearnsThatItsTaskIsCancelled() async throws {
    let pool = WorkPool(name: "tested", threads: 1)
    let started = Latch()
    let task = Task {
      try await pool.run { flag in
        started.open()
        return flag.wait(for: .seconds(30))
      }
    }
    await started.opened()
    task.cancel()
    #expect(try await task.value)
  }

  @Test func aTaskThatIsCancelledBeforeGivesNoWork() async {
    let pool = WorkPool(name: "tested", threads: 1)
    let task = Task {
      while !Task.isCancelled { await Task.yield() }
      try await pool.run { _ in _ = Issue.record("the work was done") }
    }
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
  }

  @Test(arguments: [1, 2, 7]) func everyNumberIsDoneOnce(threads: Int) {
    let pool = WorkPool(name: "tested", threads: threads)
    for (count, most) in [(0, 4), (1, 1), (1, 9), (100, 1), (1000, 5)] {
      let done = Collected<Int>()
      pool.perform(count, atMost: most) { done.add($0) }
      #expect(done.all.sorted() == Array(0..<count))
    }
  }

  @Test func workOnAPoolMayWaitForWorkOnTheSamePool() async throws {
    let pool = WorkPool(name: "tested", threads: 1)
    let sums = try await pool.run { _ in
      let sums = Collected<Int>()
      pool.perform(4, atMost: 4) { outer in
        let inner = Collected<Int>()
        pool.perform(3, atMost: 3) { inner.add($0 + outer) }
        let group = WorkGroup(on: pool)
        group.add { inner.add(100) }
        group.wait()
        sums.add(inner.all.reduce(0, +))
      }
      return sums.all.sorted()
    }
    #expect(sums == [103, 106, 109, 112])
  }

  @Test func aGroupWaitsForWhatRunsAndIsUsableAgain() {
    let pool = WorkPool(name: "tested", threads: 2)
    let group = WorkGroup(on: pool)
    for round in 1...200 {
      let done = Collected<Int>()
      for number in 0..<round % 7 { group.add { done.add(number) } }
      group.wait()
      #expect(done.all.sorted() == Array(0..<(round % 7)))
    }
  }

  @Test func aPoolThatNobodyHasEndsItsThreads() async throws {
    var pool: WorkPool? = WorkPool(name: "passing", threads: 3)
    pool?.perform(64, atMost: 4) { _ in }
    try await pool?.run { _ in }
    #expect(try Self.threadNames().contains("ova-passing"))
    pool = nil
    while try Self.threadNames().contains("ova-passing") { await Task.yield() }
  }

  /// A thread that waited for a task would keep the task from running on one processor.
  @Test func anAsynchronousFunctionRunsOnTheThreadThatWaitsForIt() async throws {
    let pool = WorkPool(name: "tested", threads: 8)
    let crowd = Crowd()
    try await withThrowingTaskGroup(of: Int.self) { group in
      for number in 0..<64 {
        group.addTask {
          try await pool.run { _ in
            runOnThisThread {
              crowd.enter()
              await Task.yield()
              let name = try? String(contentsOfFile: "/proc/thread-self/comm", encoding: .utf8)
              async let more = number + 1
              crowd.leave()
              return await name == "ova-tested\n" ? more : -1
            }
          }
        }
      }
      var sum = 0
      for try await number in group { sum += number }
      #expect(sum == (1...64).reduce(0, +))
    }
    // From a task as well.
    #expect(runOnThisThread { await Task { 5 }.value } == 5)
  }

  @Test func anAlarmGoesOffUnlessItIsCalledOff() {
    let rung = Latch()
    let alarm = Alarm(after: .milliseconds(1)) { rung.open() }
    #expect(rung.wait())
    alarm.cancel()
    let other = Alarm(after: .seconds(3600)) { Issue.record("it went off") }
    other.cancel()
  }
}

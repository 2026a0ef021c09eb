import OVAConcurrency
import Synchronization
import Testing

/// Values that are read ahead of the thread that takes them.
@Suite(.timeLimit(.minutes(1))) struct ReadAheadTests {
  private struct Fault: Error, Equatable { let at: Int }

  /// Counts what the two threads did.
  private final class Counts: Sendable {
    let read = Atomic(0)
    let taken = Atomic(0)
    let mostAhead = Atomic(0)
    let ends = Atomic(0)
  }

  /// Reads the numbers below a count with a fault of reading or of taking one of them.
  private func run(
    _ count: Int, most: Int = 3, readFault: Int? = nil, takeFault: Int? = nil,
    on pool: WorkPool = WorkPool(name: "ahead", threads: 1)
  ) throws -> (taken: [Int], fault: Fault?, counts: Counts) {
    let counts = Counts()
    var taken: [Int] = []
    do {
      try ReadAhead<Int>.run(
        on: pool, most: most,
        read: { hand in
          defer { counts.ends.add(1, ordering: .sequentiallyConsistent) }
          for number in 0..<count {
            if number == readFault { throw Fault(at: number) }
            let read = counts.read.add(1, ordering: .sequentiallyConsistent).newValue
            let ahead = read - counts.taken.load(ordering: .sequentiallyConsistent)
            counts.mostAhead.max(ahead, ordering: .sequentiallyConsistent)
            try hand(number)
          }
        },
        take: { number in
          if number == takeFault { throw Fault(at: number) }
          taken.append(number)
          counts.taken.add(1, ordering: .sequentiallyConsistent)
        })
    } catch let fault as Fault {
      return (taken, fault, counts)
    }
    return (taken, nil, counts)
  }

  @Test(arguments: [0, 1, 2, 3, 4, 5, 1_000], [1, 3, 2_000])
  func allValuesAreTakenInTheirOrder(count: Int, most: Int) throws {
    let (taken, fault, counts) = try run(count, most: most)
    #expect(taken == Array(0..<count))
    #expect(fault == nil)
    #expect(counts.ends.load(ordering: .sequentiallyConsistent) == 1)
  }

  @Test(arguments: [1, 3, 10])
  func noMoreIsReadThanMayWait(most: Int) throws {
    // One is being taken and one is being handed over.
    let counts = try run(2_000, most: most).counts
    #expect(counts.mostAhead.load(ordering: .sequentiallyConsistent) <= most + 2)
  }

  @Test(arguments: [0, 1, 2, 3, 4, 5, 99])
  func whatWasReadBeforeAFaultIsTakenFirst(at: Int) throws {
    let (taken, fault, _) = try run(100, readFault: at)
    #expect(taken == Array(0..<at))
    #expect(fault == Fault(at: at))
  }

  @Test(arguments: [0, 1, 2, 3, 4, 5, 99])
  func nothingIsReadOnBehindAFaultOfTaking(at: Int) throws {
    let (taken, fault, counts) = try run(100_000, takeFault: at)
    #expect(taken == Array(0..<at))
    #expect(fault == Fault(at: at))
    // The reading was over when it returned.
    #expect(counts.ends.load(ordering: .sequentiallyConsistent) == 1)
    #expect(counts.read.load(ordering: .sequentiallyConsistent) <= at + 6)
  }

  @Test(arguments: [(5, 6), (6, 5), (5, 5)])
  func ofTwoFaultsTheFirstIsThrown(read: Int, take: Int) throws {
    let (taken, fault, _) = try run(100, readFault: read, takeFault: take)
    #expect(taken == Array(0..<min(read, take)))
    #expect(fault == Fault(at: min(read, take)))
  }

  @Test func withoutAThreadTheCallerDoesBoth() throws {
    let pool = WorkPool(name: "full", threads: 1, mostWaiting: 0)
    let latch = Latch()
    try #require(pool.post { latch.wait() })
    defer { latch.open() }
    try #require(!pool.post {})
    let (taken, fault, _) = try run(100, readFault: 50, on: pool)
    #expect(taken == Array(0..<50))
    #expect(fault == Fault(at: 50))
  }
}

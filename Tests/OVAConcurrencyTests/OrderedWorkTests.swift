import OVAConcurrency
import Testing

struct OrderedWorkTests {
  private struct Broken: Error, Hashable { let number: Int }

  @Test(arguments: [1, 2, 8])
  func resultsComeInTheOrderOfTheirWork(workers: Int) throws {
    let pool = WorkPool(name: "tested", threads: 4)
    var taken: [Int] = []
    let work = OrderedWork<Int>(
      on: pool, workers: workers, batch: ResultBatch(worthwhile: 5, most: 17)
    ) { taken += $0 }
    defer { work.abandon() }
    for number in 0..<500 {
      try work.give {
        // Some take longer than others.
        (0..<(number % 13 == 0 ? 20_000 : 10)).reduce(number) { $0 ^ $1 ^ $1 }
      }
    }
    try work.finish()
    #expect(taken == Array(0..<500))
  }

  @Test func noMoreIsInWorkOrUntakenThanTheWindowHolds() throws {
    let pool = WorkPool(name: "tested", threads: 4)
    let begun = Collected<Int>()
    var taken = 0
    var widest = 0
    let work = OrderedWork<Int>(
      on: pool, workers: 4, batch: ResultBatch(worthwhile: 3, most: 9)
    ) { results in
      #expect(results.count <= 3)
      taken += results.count
    }
    defer { work.abandon() }
    for number in 0..<300 {
      try work.give {
        begun.add(number)
        return number
      }
      widest = max(widest, number + 1 - taken)
    }
    try work.finish()
    #expect(widest <= 9)
    #expect(taken == 300)
    #expect(begun.all.count == 300)
  }

  @Test(arguments: [1, 3, 8])
  func heavyResultsAreTakenBeforeMoreWorkIsBegun(workers: Int) throws {
    let pool = WorkPool(name: "tested", threads: 4)
    let inMemory = Crowd()
    var taken: [Int] = []
    let work = OrderedWork<Int>(
      on: pool, workers: workers, batch: ResultBatch(worthwhile: 500, most: 1000, heaviest: 10),
      weight: { _ in 4 }
    ) { results in
      taken += results
      for _ in results { inMemory.leave() }
    }
    defer { work.abandon() }
    for number in 0..<500 {
      try work.give {
        inMemory.enter()
        return number
      }
    }
    try work.finish()
    #expect(taken == Array(0..<500))
    // Three are as heavy as may be, and three more may come while they are being taken; those under
    // way then come to it, the owner's own as well.
    #expect(inMemory.most <= 2 * 3 + min(workers, 4) + 1)
  }

  @Test(arguments: [2, 8])
  func heavyResultsWaitForAnEarlierOneThatIsUnderWay(workers: Int) throws {
    let pool = WorkPool(name: "tested", threads: 4)
    let others = Latch()
    let begun = Collected<Int>()
    var taken: [Int] = []
    let work = OrderedWork<Int>(
      on: pool, workers: workers, batch: ResultBatch(worthwhile: 1, most: 100, heaviest: 1),
      weight: { _ in 1 }
    ) { taken += $0 }
    defer { work.abandon() }
    for number in 0..<60 {
      try work.give {
        begun.add(number)
        if number == 0 { return others.wait() ? 0 : -1 }
        if number == 1 { others.open() }
        return number
      }
    }
    try work.finish()
    #expect(taken == Array(0..<60))
    #expect(begun.all.count == 60)
  }

  @Test func noMoreRunAtATimeThanThereAreWorkers() throws {
    let pool = WorkPool(name: "tested", threads: 6)
    let crowd = Crowd()
    let work = OrderedWork<Int>(
      on: pool, workers: 2, batch: ResultBatch(worthwhile: 50, most: 100)
    ) { _ in }
    for number in 0..<100 {
      try work.give {
        crowd.enter()
        defer { crowd.leave() }
        return (0..<1000).reduce(number, ^)
      }
    }
    try work.finish()
    // And the owner, while none of them has begun.
    #expect(crowd.most <= 3)
  }

  @Test(arguments: [1, 8]) func workThatThrowsEndsInItsErrorAfterAllThatCameBefore(
    workers: Int
  ) throws {
    let pool = WorkPool(name: "tested", threads: 4)
    for broken in [0, 1, 30, 99] {
      var taken: [Int] = []
      let work = OrderedWork<Int>(
        on: pool, workers: workers, batch: ResultBatch(worthwhile: 4, most: 16)
      ) { taken += $0 }
      #expect(throws: Broken(number: broken)) {
        defer { work.abandon() }
        for number in 0..<100 {
          try work.give {
            if number == broken { throw Broken(number: number) }
            return number
          }
        }
        try work.finish()
      }
      #expect(taken == Array(0..<broken))
    }
  }

  @Test func takingThatThrowsAtAnyTimeEndsInItsErrorAndNothingGoesOn() throws {
    let pool = WorkPool(name: "tested", threads: 4)
    for failing in 1... {
      let crowd = Crowd()
      var takes = 0
      let work = OrderedWork<Int>(
        on: pool, workers: 4, batch: ResultBatch(worthwhile: 8, most: 32)
      ) { _ in
        takes += 1
        if takes == failing { throw Broken(number: takes) }
      }
      do {
        defer { work.abandon() }
        for number in 0..<200 {
          try work.give {
            crowd.enter()
            return number
          }
        }
        try work.finish()
      } catch let error as Broken {
        #expect(error.number == failing)
        let done = crowd.all
        // Whatever was given has ended or is never begun.
        pool.perform(64, atMost: 5) { _ in }
        #expect(crowd.all == done)
        #expect(takes == failing)
        continue
      }
      #expect(failing > 6)
      break
    }
  }

  @Test func abandonedWorkThatHasBegunIsWaitedForAndTheRestIsNotBegun() throws {
    let pool = WorkPool(name: "tested", threads: 1)
    let (started, end) = (Latch(), Latch())
    let done = Collected<Int>()
    let work = OrderedWork<Int>(
      on: pool, workers: 1, batch: ResultBatch(worthwhile: 8, most: 32)
    ) { _ in Issue.record("a result was taken") }
    for number in 0..<20 {
      try work.give {
        started.open()
        end.wait()
        done.add(number)
        return number
      }
    }
    #expect(started.wait())
    _ = Alarm(after: .milliseconds(5)) { end.open() }
    work.abandon()
    #expect(done.all == [0])
    try work.finish()
  }

  @Test func whatIsDoneIsNotKeptWaitingForLong() throws {
    let pool = WorkPool(name: "tested", threads: 2)
    let taken = Collected<Int>()
    let isTaken = Latch()
    let work = OrderedWork<Int>(
      on: pool, workers: 2,
      batch: ResultBatch(worthwhile: 100, most: 200, patience: .milliseconds(10))
    ) { results in
      for result in results { taken.add(result) }
      isTaken.open()
    }
    try work.give { 1 }
    // Ends once the first result was taken, which is by far not worth it.
    try work.give { isTaken.wait() ? 2 : 0 }
    try work.finish()
    #expect(taken.all == [1, 2])
  }

  @Test func theOwnerMayBeOfThePoolItself() async throws {
    let pool = WorkPool(name: "tested", threads: 1)
    let taken = try await pool.run { _ in
      let taken = Collected<Int>()
      let work = OrderedWork<Int>(
        on: pool, workers: 4, batch: ResultBatch(worthwhile: 2, most: 3)
      ) { results in
        for result in results { taken.add(result) }
      }
      defer { work.abandon() }
      for number in 0..<50 { try work.give { number } }
      try work.finish()
      return taken.all
    }
    #expect(taken == Array(0..<50))
  }

  @Test func twoOwnersOnOnePoolBothComeToTheirEnd() async throws {
    let pool = WorkPool(name: "tested", threads: 2)
    let owners = WorkPool(name: "owners", threads: 4)
    try await withThrowingTaskGroup(of: [Int].self) { group in
      for _ in 0..<4 {
        group.addTask {
          try await owners.run { _ in
            let taken = Collected<Int>()
            let work = OrderedWork<Int>(
              on: pool, workers: 2, batch: ResultBatch(worthwhile: 8, most: 16)
            ) { results in
              for result in results { taken.add(result) }
            }
            defer { work.abandon() }
            for number in 0..<200 { try work.give { number } }
            try work.finish()
            return taken.all
          }
        }
      }
      for try await taken in group { #expect(taken == Array(0..<200)) }
    }
  }
}

import OVAConcurrency
import Testing

struct KeyedTurnsTests {
  private struct Refused: Error {}

  @Test func oneWorksAndTheOthersLookAtWhatItFound() async {
    let turns = KeyedTurns<String>()
    let crowd = Crowd()
    let results = await withTaskGroup(of: Bool.self) { group in
      for _ in 0..<50 {
        group.addTask {
          await turns.take("list") { isDone in
            guard !isDone else { return false }
            crowd.enter()
            for _ in 0..<100 { await Task.yield() }
            crowd.leave()
            return true
          }
        }
      }
      return await group.reduce(into: [Bool]()) { $0.append($1) }
    }
    #expect(crowd.most == 1)
    #expect(crowd.all == results.count { $0 })
    #expect(results.count == 50)
  }

  @Test func keysDoNotWaitForEachOther() async {
    let turns = KeyedTurns<Int>()
    let value = await turns.take(1) { _ in await turns.take(2) { _ in 7 } }
    #expect(value == 7)
  }

  @Test func afterAFailureTheNextHasTheTurn() async {
    let turns = KeyedTurns<Int>()
    let crowd = Crowd()
    let failures = await withTaskGroup(of: Int.self) { group in
      for _ in 0..<20 {
        group.addTask {
          do {
            try await turns.take(1) { isDone in
              if isDone { return }
              crowd.enter()
              await Task.yield()
              crowd.leave()
              throw Refused()
            }
            return 0
          } catch {
            return 1
          }
        }
      }
      return await group.reduce(0, +)
    }
    #expect(failures == 20)
    #expect(crowd.most == 1)
    #expect(await turns.take(1) { $0 } == false)
  }
}

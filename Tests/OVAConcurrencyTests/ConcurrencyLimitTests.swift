import OVAConcurrency
import Testing

@Suite struct ConcurrencyLimitTests {
  private struct Refused: Error {}

  @Test(arguments: [1, 3])
  func `no more threads work at a time than it lets, and all have their turn`(
    most: Int
  ) async throws {
    let limit = ConcurrencyLimit(most)
    let pool = WorkPool(name: "limited", threads: 6)
    let crowd = Crowd()
    pool.perform(40, atMost: 6) { _ in
      limit.run {
        crowd.enter()
        crowd.leave()
      }
    }
    #expect(crowd.most <= most)
    #expect(crowd.all == 40)
  }

  @Test func `a place is free again after work that failed`() {
    let limit = ConcurrencyLimit(1)
    for _ in 0..<3 {
      #expect(throws: Refused.self) { try limit.run { throw Refused() } }
    }
    #expect(limit.run { 7 } == 7)
  }
}

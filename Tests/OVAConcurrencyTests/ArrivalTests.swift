import OVAConcurrency
import Testing

@Suite struct ArrivalTests {
  @Test func thoseThatWaitGetTheFirstValue() {
    let pool = WorkPool(name: "tested", threads: 4)
    let arrival = Arrival(otherwise: 0)
    let group = WorkGroup(on: pool)
    let seen = Collected<Int>()
    for _ in 0..<3 { group.add { seen.add(arrival.value()) } }
    arrival.bring(7)
    arrival.bring(8)
    group.wait()
    #expect(seen.all == [7, 7, 7])
    #expect(arrival.value() == 7)
  }

  @Test func oneMayGoWithoutAValue() {
    weak var gone: Arrival<Int>?
    do {
      let arrival = Arrival(otherwise: 0)
      gone = arrival
      withExtendedLifetime(arrival) {}
    }
    #expect(gone == nil)
  }
}

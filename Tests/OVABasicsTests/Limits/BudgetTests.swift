import OVABasics
import Testing

@Suite struct BudgetTests {
  private func limits(held: UInt64) -> Limits {
    var limits = Limits()
    limits.heldBytes = held
    return limits.withBudget()
  }

  @Test func withoutABudgetEverythingIsGranted() {
    let limits = Limits()
    #expect(limits.budget == nil)
    #expect(limits.take(.max, of: .heldBytes))
    #expect(limits.take(.max, of: .steps))
  }

  @Test func whatIsTakenTogetherIsBounded() {
    let limits = limits(held: 100)
    #expect(limits.take(60, of: .heldBytes))
    #expect(!limits.take(41, of: .heldBytes))
    #expect(limits.take(40, of: .heldBytes))
    #expect(limits.budget?.used(.heldBytes) == 100)
    // Other resources have limits of their own.
    #expect(limits.take(41, of: .steps))
  }

  @Test func whatIsGivenBackCanBeTakenAgain() {
    let limits = limits(held: 100)
    #expect(limits.take(100, of: .heldBytes))
    limits.budget?.giveBack(50, of: .heldBytes)
    #expect(limits.take(50, of: .heldBytes))
    limits.budget?.giveBack(1_000, of: .heldBytes)
    #expect(limits.budget?.used(.heldBytes) == 0)
  }

  @Test func whatCanBeDoneWithoutLeavesMostForWhatCannot() throws {
    let limits = limits(held: 100)
    let budget = try #require(limits.budget)
    #expect(budget.spare(25))
    #expect(!budget.spare(1))
    #expect(limits.take(75, of: .heldBytes))
  }

  @Test func copiesOfTheLimitsShareTheirBudget() {
    let limits = limits(held: 100)
    var copy = limits
    copy.nameBytes = 1
    #expect(copy.take(100, of: .heldBytes))
    #expect(!limits.take(1, of: .heldBytes))
    #expect(limits.withBudget().take(1, of: .heldBytes) == false)
    #expect(limits.withOwnBudget().take(1, of: .heldBytes))
  }

  @Test(arguments: [
    (
      Budget.Resource.heldBytes,
      "it takes more memory than the limit 'heldBytes' of 33554432"
    ),
    (.steps, "reading it takes more steps than the limit 'steps' of 400000000"),
    (
      .tableEntries,
      "the tables of its disks have more entries than the limit 'tableEntries' of 6000000"
    ),
    (
      .inflatedBytes,
      "more bytes come out of its compressed files than the limit 'inflatedBytes' of 70368744177664"
    ),
  ])
  func theReasonNamesTheLimit(resource: Budget.Resource, words: String) {
    #expect(Limits().excess(of: resource) == words)
  }

  @Test func nothingIsLostWhenSeveralThreadsTakeAtATime() async throws {
    let limits = limits(held: 100_000)
    let granted = await withTaskGroup(of: Int.self) { group in
      for _ in 0..<8 {
        group.addTask {
          (0..<20_000).count { _ in limits.take(1, of: .heldBytes) }
        }
      }
      return await group.reduce(0, +)
    }
    #expect(granted == 100_000)
    #expect(limits.budget?.used(.heldBytes) == 100_000)
  }
}

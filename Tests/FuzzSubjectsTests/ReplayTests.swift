import Foundation
import FuzzSubjects
import OVATestSupport
import Testing

/// Runs the fuzzer's inputs without the fuzzer: seeds, what it found earlier, and damage that is
/// the same in every run.
@Suite struct ReplayTests {
  /// Damaged inputs that are made of each seed; `OVA_REPLAY` asks for more.
  private static let damagedInputs =
    ProcessInfo.processInfo.environment["OVA_REPLAY"].flatMap(Int.init) ?? 12

  @Test(arguments: Subject.allCases)
  func readsEverySeedAndWhatDamageMakesOfIt(subject: Subject) throws {
    let seeds = try Seeds.of(subject)
    try #require(!seeds.isEmpty)
    for (name, bytes) in seeds.sorted(by: { $0.key < $1.key }) {
      #expect(throws: Never.self, "\(name)") { try subject.read(bytes) }
      var dice = SeededNumbers(seed: UInt64(bytes.count))
      for round in 0..<Self.damagedInputs {
        let damaged = Damage.of(bytes, &dice)
        #expect(throws: Never.self, "\(name), round \(round)") { try subject.read(damaged) }
      }
    }
  }

  @Test(arguments: Subject.allCases)
  func readsNothingAndAlmostNothing(subject: Subject) throws {
    for bytes in [[], [0], [0xFF], [UInt8](repeating: 0, count: 1024)] {
      #expect(throws: Never.self) { try subject.read(bytes) }
    }
  }
}

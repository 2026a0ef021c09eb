import Foundation
import OVAMessages
import Testing

/// Messages with two slips in them: typed from a screenshot, or of a release with other words.
@Suite struct NearMessageTests {
  /// A change to two of a message's words.
  enum Slip: CaseIterable {
    /// Both are misspelled.
    case twoMisspelled
    /// One is misspelled, and another word stands for the other.
    case misspelledAndReplaced
    /// Both are in another place.
    case moved
    /// Another word stands for one of them.
    case replaced

    /// The share of messages that have to be found, as whole, part or near.
    var leastShare: Double {
      switch self {
      case .twoMisspelled, .moved: 0.97
      case .misspelledAndReplaced, .replaced: 0.88
      }
    }
  }

  private struct Numbers: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let mixed = (state ^ (state >> 33)) &* 0xFF51_AFD7_ED55_8CCD
      return mixed ^ (mixed >> 33)
    }
  }

  private static func misspelled(_ word: String, _ numbers: inout Numbers) -> String {
    var letters = Array(word)
    let place = Int.random(in: 0..<letters.count - 1, using: &numbers)
    switch Int.random(in: 0..<4, using: &numbers) {
    case 0: letters.remove(at: place)
    case 1: letters.swapAt(place, place + 1)
    case 2: letters.insert(letters[place], at: place)
    default: letters[place] = letters[place] == "x" ? "y" : "x"
    }
    return String(letters)
  }

  /// A message with slips; nil for one that is too short to be told apart with two words fewer.
  private static func slipped(_ text: String, _ slip: Slip, _ numbers: inout Numbers) -> String? {
    var words = text.split(separator: " ").map(String.init)
    let long = words.indices.filter { index in
      words[index].count >= 4 && words[index].allSatisfy { $0.isLetter && $0.isASCII }
    }
    guard long.count >= 3, words.count >= 5 else { return nil }
    let places = Array(long.shuffled(using: &numbers).prefix(2))
    switch slip {
    case .twoMisspelled:
      for place in places { words[place] = misspelled(words[place], &numbers) }
    case .misspelledAndReplaced:
      words[places[0]] = misspelled(words[places[0]], &numbers)
      words[places[1]] = "another"
    case .moved:
      for place in places where place > 0 { words.swapAt(place, place - 1) }
    case .replaced: words[places[0]] = "something"
    }
    return words.joined(separator: " ").replacing("…", with: "4711")
  }

  @Test(arguments: Slip.allCases)
  func `a message with two slips is found, and said to be near where it is not a part`(
    _ slip: Slip
  ) {
    let rounds = UInt64(ProcessInfo.processInfo.environment["OVA_SLIPS"] ?? "") ?? 1
    var tried = 0
    var missed: [String] = []
    // Every fourth of them takes seconds; more rounds take all.
    let all = KnownMessage.all.filter { $0.message.role != .frame }.enumerated()
      .filter { rounds > 1 || $0.offset % 4 == 0 }.map(\.element)
    for known in all {
      for round in 0..<rounds {
        var numbers = Numbers(state: round &* 7919 &+ UInt64(known.spelling.utf8.count) &* 31)
        guard let text = Self.slipped(known.spelling, slip, &numbers) else { continue }
        tried += 1
        let matches: [MessageMatch] =
          switch MessageSearch.all.answer(text) {
          case .known(let matches), .near(let matches): matches
          case .unknown: []
          }
        if !matches.contains(where: { $0.message == known.message }) { missed.append(text) }
      }
    }
    #expect(tried > 50)
    let share = Double(tried - missed.count) / Double(max(1, tried))
    #expect(share >= slip.leastShare, "\(share): \(missed.joined(separator: "\n"))")
  }
}

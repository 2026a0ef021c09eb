/// A short text that may be a part of a message.
struct PastedPart {
  /// The words, without those that only introduce a message.
  let words: [[UInt8]]

  /// The most words that a part has.
  static let mostWords = 60

  /// The most words of a value with which a part begins.
  private static let mostLeadingWords = 1

  /// Words that stand in front of messages.
  private static let introductions: Set<[UInt8]> = Set(
    ["error", "warning", "line", "message", "cause", "details"].map { Array($0.utf8) })

  init(_ text: MessageText) {
    words = Array(
      text.words.prefix(Self.mostWords + 20).map { Array(text.bytes[$0]) }.drop { word in
        Self.introductions.contains(word) || word.allSatisfy { (0x30...0x39).contains($0) }
      })
  }

  /// The weight of the pattern's words in this text when the whole text is a part of a message
  /// with the pattern; nil when it is not.
  func weight(in pattern: MessagePattern, _ weights: WordWeights) -> Double? {
    let tokens = pattern.tokens
    // For each place in the pattern, what the best way to it has found so far.
    var ways = [Way?](repeating: Way(), count: tokens.count + 1)
    for (number, word) in words.enumerated() {
      var next = [Way?](repeating: nil, count: tokens.count + 1)
      for place in tokens.indices {
        guard let way = ways[place] else { continue }
        switch tokens[place] {
        case .value:
          // What a value at the beginning holds is unknown: many other texts end in the same words.
          if way.count == 0, number >= Self.mostLeadingWords { continue }
          next[place] = Way.better(next[place], way)
          // A value of no words, or one that has ended.
          ways[place + 1] = Way.better(ways[place + 1], way)
        case .word(let literal):
          guard isCut(word, of: literal, isFirst: number == 0) else { continue }
          next[place + 1] = Way.better(
            next[place + 1], way.adding(literal, weight: weights.weight(of: literal)))
        }
      }
      ways = next
    }
    guard let best = ways.compactMap(\.self).max(by: { $0.weight < $1.weight }),
      best.telling >= 2, best.count * 2 >= words.count
    else { return nil }
    return best.weight
  }

  /// Returns whether `word` is `literal`, or what a cut at the text's beginning or end has left of
  /// it.
  private func isCut(_ word: [UInt8], of literal: [UInt8], isFirst: Bool) -> Bool {
    if word == literal { return true }
    guard word.count >= 3 else { return false }
    if isFirst, literal.suffix(word.count).elementsEqual(word) { return true }
    return word == words.last && literal.starts(with: word)
  }

  /// A way of laying the text along a pattern.
  private struct Way {
    var weight = 0.0
    /// The number of words that are literally the pattern's.
    var count = 0
    /// The number of these that are more than numbers and syllables.
    var telling = 0

    func adding(_ word: [UInt8], weight more: Double) -> Way {
      let isTelling = word.count > 2 && word[0] > 0x39
      return Way(
        weight: weight + more, count: count + 1, telling: telling + (isTelling ? 1 : 0))
    }

    static func better(_ a: Way?, _ b: Way) -> Way {
      guard let a else { return b }
      return a.weight >= b.weight ? a : b
    }
  }
}

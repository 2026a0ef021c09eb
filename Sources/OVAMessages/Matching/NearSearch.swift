/// Looks for places in a text that have most of a message's words, some of them misspelled.
struct NearSearch {
  private let text: MessageText
  /// The numbers of the words of the text at which each word stands.
  private let places: [[UInt8]: [Int]]
  /// The words of the text that may be misspelled ones, by their lengths.
  private let longWords: [Int: [[UInt8]]]

  /// The share of a message's weight that has to be there.
  private static let leastShare = 0.85
  /// The share that has to be there where the words stand in the message's order.
  private static let leastShareInOrder = 0.66
  /// The weight that a message needs to be near at all.
  private static let leastWeight = 8.7
  /// The weight that has to be there where a part of the words is not.
  private static let leastWeightInOrder = 12.0
  /// The share of a word's weight that a misspelled one has.
  private static let misspelledShare = 0.9
  /// The most different words of a text among which misspelled ones are looked for: beyond that it
  /// is a log.
  private static let mostWords = 400

  init(_ text: MessageText) {
    self.text = text
    var places: [[UInt8]: [Int]] = [:]
    for (number, word) in text.words.enumerated() {
      places[Array(text.bytes[word]), default: []].append(number)
    }
    self.places = places
    longWords =
      places.count > Self.mostWords
      ? [:]
      : Dictionary(grouping: places.keys.filter { $0.count >= 3 && $0[0] > 0x39 }, by: \.count)
  }

  /// A word of a pattern as it stands in the text.
  private struct Present {
    let places: [Int]
    let weight: Double
  }

  /// The span of the text where most of the pattern's weight stands close together, and its
  /// nearness, which grows with the weight that is there and shrinks with the weight that is
  /// missing. Nil where too little of it is there.
  func place(
    of pattern: MessagePattern, _ weights: WordWeights
  ) -> (nearness: Double, span: Range<Int>)? {
    var seen: Set<[UInt8]> = []
    let words = pattern.words.filter { seen.insert($0).inserted }
    let total = words.reduce(0) { $0 + weights.weight(of: $1) }
    guard total > Self.leastWeight else { return nil }
    let present = words.compactMap { found($0, weights.weight(of: $0)) }
    let possible = present.reduce(0) { $0 + $1.weight }
    guard possible >= total * Self.leastShareInOrder else { return nil }

    let length = pattern.words.count * 2 + 20
    guard let best = closest(present, within: length) else { return nil }
    let isEnough =
      best.weight >= total * Self.leastShare
      || best.weight >= total * Self.leastShareInOrder
        && best.weight >= Self.leastWeightInOrder
        && present.count * 10 >= words.count * 7 && present.count >= 3
        && ordered(present, best.words) * 4 >= present.count * 3
    guard isEnough else { return nil }
    let first = text.words[best.words.lowerBound]
    let last = text.words[best.words.upperBound - 1]
    return (best.weight * best.weight / total, first.lowerBound..<last.upperBound)
  }

  /// The words of the text between which the most weight stands.
  private func closest(
    _ present: [Present], within length: Int
  ) -> (weight: Double, words: Range<Int>)? {
    let stands = present.enumerated().flatMap { index, word in
      word.places.map { (place: $0, word: index) }
    }.sorted { $0.place < $1.place }
    var counts = [Int](repeating: 0, count: present.count)
    var weight = 0.0
    var begin = 0
    var best: (weight: Double, words: Range<Int>)?
    for stand in stands {
      counts[stand.word] += 1
      if counts[stand.word] == 1 { weight += present[stand.word].weight }
      while stand.place - stands[begin].place > length {
        counts[stands[begin].word] -= 1
        if counts[stands[begin].word] == 0 { weight -= present[stands[begin].word].weight }
        begin += 1
      }
      if weight > (best?.weight ?? 0) + 1e-9 {
        best = (weight, stands[begin].place..<stand.place + 1)
      }
    }
    return best
  }

  /// The number of the pattern's words that stand in its order between these words of the text.
  private func ordered(_ present: [Present], _ words: Range<Int>) -> Int {
    // The least place at which so many words in order can end.
    var ends: [Int] = []
    for word in present {
      for place in word.places.reversed() where words.contains(place) {
        let index = ends.firstIndex { $0 >= place } ?? ends.endIndex
        if index == ends.endIndex { ends.append(place) } else { ends[index] = place }
      }
    }
    return ends.count
  }

  // MARK: Misspelled words

  /// The word, or what may be it misspelled; nil when neither is there.
  private func found(_ word: [UInt8], _ weight: Double) -> Present? {
    if let places = places[word] { return Present(places: places, weight: weight) }
    // Of a short word every slip gives another word.
    guard word.count >= 4, word[0] > 0x39 else { return nil }
    let most = word.count >= 8 ? 2 : 1
    var stands: [Int] = []
    for length in word.count - most...word.count + most {
      for other in longWords[length] ?? []
      where Self.isSlip(of: word, other, most: most) {
        stands += places[other] ?? []
      }
    }
    return stands.isEmpty
      ? nil : Present(places: stands.sorted(), weight: weight * Self.misspelledShare)
  }

  /// Returns whether two words differ in at most `most` letters that are changed, missing, added or
  /// swapped with the next.
  static func isSlip(of word: [UInt8], _ other: [UInt8], most: Int) -> Bool {
    // Optimal string alignment, of which three rows are needed.
    var before = [Int](repeating: 0, count: other.count + 1)
    var last = Array(0...other.count)
    for (row, letter) in word.enumerated() {
      var next = [row + 1]
      for (column, otherLetter) in other.enumerated() {
        var cost = min(
          last[column] + (letter == otherLetter ? 0 : 1), last[column + 1] + 1, next[column] + 1)
        if row > 0, column > 0, letter == other[column - 1], word[row - 1] == otherLetter {
          cost = min(cost, before[column - 1] + 1)
        }
        next.append(cost)
      }
      if (next.min() ?? 0) > most { return false }
      (before, last) = (last, next)
    }
    return (last.last ?? 0) <= most
  }
}

/// Looks for places in a text that have most of a message's words.
struct NearSearch {
  private let text: MessageText
  /// The numbers of the words of the text at which each word stands.
  private let places: [[UInt8]: [Int]]

  /// The share of a message's weight that has to be there.
  private static let leastShare = 0.85
  /// The weight that a message needs to be near at all.
  private static let leastWeight = 8.7

  init(_ text: MessageText) {
    self.text = text
    var places: [[UInt8]: [Int]] = [:]
    for (number, word) in text.words.enumerated() {
      places[Array(text.bytes[word]), default: []].append(number)
    }
    self.places = places
  }

  /// Where the most of the pattern's weight stands close together, with its share; nil where too
  /// little of it does.
  func place(
    of pattern: MessagePattern, _ weights: WordWeights
  ) -> (share: Double, span: Range<Int>)? {
    let words = Array(Set(pattern.words))
    let total = words.reduce(0) { $0 + weights.weight(of: $1) }
    let present = words.filter { places[$0] != nil }
    let possible = present.reduce(0) { $0 + weights.weight(of: $1) }
    guard total > Self.leastWeight, possible >= total * Self.leastShare else { return nil }

    let length = pattern.words.count * 2 + 20
    let stands = present.enumerated().flatMap { index, word in
      (places[word] ?? []).map { (place: $0, word: index) }
    }.sorted { $0.place < $1.place }
    var counts = [Int](repeating: 0, count: present.count)
    var weight = 0.0
    var begin = 0
    var best: (weight: Double, first: Int, last: Int)?
    for (end, stand) in stands.enumerated() {
      counts[stand.word] += 1
      if counts[stand.word] == 1 { weight += weights.weight(of: present[stand.word]) }
      while stand.place - stands[begin].place > length {
        counts[stands[begin].word] -= 1
        if counts[stands[begin].word] == 0 {
          weight -= weights.weight(of: present[stands[begin].word])
        }
        begin += 1
      }
      if weight > (best?.weight ?? 0) + 1e-9 { best = (weight, begin, end) }
    }
    guard let best, best.weight >= total * Self.leastShare else { return nil }
    let first = text.words[stands[best.first].place]
    let last = text.words[stands[best.last].place]
    return (best.weight / total, first.lowerBound..<last.upperBound)
  }
}

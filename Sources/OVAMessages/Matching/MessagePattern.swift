/// A message with places for values, ready to be compared.
struct MessagePattern: Sendable {
  /// A part of the message, in words.
  enum Token: Sendable, Hashable {
    case word([UInt8])
    /// A value of any number of words.
    case value
  }

  /// The literal pieces between the values, in order; none is empty.
  let pieces: [MessageText]
  /// The words and values in order.
  let tokens: [Token]

  /// The sign that stands for a value.
  static let value: Character = "…"

  /// The greatest number of bytes of words in a value: lists of hardware families are long.
  private static let longestValue = 600

  init(_ text: String) {
    let parts = text.split(separator: Self.value, omittingEmptySubsequences: false)
      .map { MessageText(String($0)) }
    pieces = parts.filter { !$0.words.isEmpty }
    var tokens: [Token] = []
    for (index, part) in parts.enumerated() {
      if index > 0 { tokens.append(.value) }
      tokens += part.words.map { .word(Array(part.bytes[$0])) }
    }
    self.tokens = tokens
  }

  /// The words of all pieces.
  var words: [[UInt8]] { pieces.flatMap { piece in piece.words.map { Array(piece.bytes[$0]) } } }

  /// Returns the range of the pattern in `text` when its first piece begins at `start`.
  func span(in text: MessageText, from start: Int) -> Range<Int>? {
    guard let first = pieces.first, matches(first, in: text, at: start) else { return nil }
    var end = start + first.bytes.count
    for piece in pieces.dropFirst() {
      guard let next = place(of: piece, in: text, from: end) else { return nil }
      end = next + piece.bytes.count
    }
    return start..<end
  }

  private func place(of piece: MessageText, in text: MessageText, from end: Int) -> Int? {
    let last = min(end + Self.longestValue, text.bytes.count - piece.bytes.count)
    guard end <= last else { return nil }
    return (end...last).first { matches(piece, in: text, at: $0) }
  }

  private func matches(_ piece: MessageText, in text: MessageText, at start: Int) -> Bool {
    let end = start + piece.bytes.count
    guard end <= text.bytes.count, text.bytes[start] == piece.bytes[0] else { return false }
    return text.begins(at: start) && text.ends(at: end)
      && text.bytes[start..<end].elementsEqual(piece.bytes)
  }
}

/// The weight of each word: the fewer messages have it, the more.
struct WordWeights: Sendable {
  private let weights: [[UInt8]: Double]
  private let unknown: Double

  init(of patterns: [MessagePattern]) {
    var counts: [[UInt8]: Int] = [:]
    for pattern in patterns {
      for word in Set(pattern.words) { counts[word, default: 0] += 1 }
    }
    let total = Double(max(patterns.count, 1))
    weights = counts.mapValues { Self.bits(total / Double($0)) }
    unknown = Self.bits(total)
  }

  /// The binary logarithm, to the nearest lower whole power and linear between two.
  private static func bits(_ ratio: Double) -> Double {
    Double(ratio.exponent) + ratio.significand - 1
  }

  /// The weight of a word; one that no message has weighs as the rarest.
  func weight(of word: [UInt8]) -> Double { weights[word] ?? unknown }

  /// The weight of all words of a pattern.
  func weight(of pattern: MessagePattern) -> Double {
    pattern.words.reduce(0) { $0 + weight(of: $1) }
  }
}

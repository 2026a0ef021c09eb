/// The answer to a text that a user pasted.
public enum MessageAnswer: Sendable, Hashable {
  /// Known messages in the order of the text, those that only introduce others last.
  case known([MessageMatch])
  /// Nothing known is in the text; these are the nearest messages, the nearest first.
  case near([MessageMatch])
  /// Nothing known is in the text or near to it.
  case unknown
}

/// A known message that was found in a text.
public struct MessageMatch: Sendable, Hashable {
  /// The share of the message that was found.
  public enum Extent: String, Sendable {
    /// All of it, values aside.
    case whole
    /// The text is a part of it.
    case part
    /// Most of its words.
    case near
  }

  /// The product that prints it.
  public let source: MessageSource
  /// The message.
  public let message: ImporterMessage
  /// The share of it that was found.
  public let extent: Extent
  /// The matching text, on one line.
  public let excerpt: String
}

/// Finds the known messages in texts.
public struct MessageSearch: Sendable {
  /// The search in all known messages.
  public static let all = MessageSearch(MessageSource.all)

  /// The longest text that is searched, in bytes of UTF-8.
  public static let longestText = 1 << 20

  private let patterns: [MessagePattern]
  private let weights: WordWeights
  /// The weight of each pattern.
  private let totals: [Double]
  private let origins: [Origin]
  /// The patterns by the first bytes of their first piece.
  private let beginnings: [UInt32: [Int]]

  private struct Origin: Sendable {
    let source: MessageSource
    let message: ImporterMessage
    /// True if it is a translation, which is only ever near.
    let isTranslation: Bool
  }

  /// Prepares the search in the messages of `sources`.
  public init(_ sources: [MessageSource]) {
    var patterns: [MessagePattern] = []
    var origins: [Origin] = []
    for source in sources {
      for message in source.messages {
        for text in [message.text] + message.spellings {
          patterns.append(MessagePattern(text))
          origins.append(Origin(source: source, message: message, isTranslation: false))
        }
        for text in message.translations {
          patterns.append(MessagePattern(text))
          origins.append(Origin(source: source, message: message, isTranslation: true))
        }
      }
    }
    self.patterns = patterns
    self.origins = origins
    let weights = WordWeights(of: patterns)
    self.weights = weights
    totals = patterns.map(weights.weight)
    var beginnings: [UInt32: [Int]] = [:]
    for (index, pattern) in patterns.enumerated() {
      guard let first = pattern.pieces.first, !origins[index].isTranslation else { continue }
      beginnings[MessageText.key(of: first.bytes[...]), default: []].append(index)
    }
    self.beginnings = beginnings
  }

  /// Looks up `text`, of which only the first `longestText` bytes count.
  public func answer(_ text: String) -> MessageAnswer {
    let text = MessageText(PastedText.plain(text))
    guard !text.words.isEmpty else { return .unknown }
    let whole = wholeMatches(in: text)
    if !whole.isEmpty { return .known(whole) }
    let parts = partialMatches(of: text)
    if !parts.isEmpty { return .known(parts) }
    let near = nearMatches(in: text)
    return near.isEmpty ? .unknown : .near(near)
  }

  private func match(
    _ index: Int, _ extent: MessageMatch.Extent, _ excerpt: String
  ) -> MessageMatch {
    MessageMatch(
      source: origins[index].source, message: origins[index].message, extent: extent,
      excerpt: excerpt)
  }
}

extension MessageSearch {
  /// A pattern found in the text.
  private struct Hit {
    let pattern: Int
    let span: Range<Int>
    let weight: Double
    let isFrame: Bool
  }

  /// The least weight with which all of a pattern is a match: no single common word has it.
  private static let leastWeight = 5.8

  private func wholeMatches(in text: MessageText) -> [MessageMatch] {
    var hits: [Hit] = []
    for start in text.starts {
      guard let candidates = beginnings[text.key(at: start)] else { continue }
      for index in candidates {
        guard totals[index] > Self.leastWeight,
          let span = patterns[index].span(in: text, from: start)
        else { continue }
        let isFrame = origins[index].message.role == .frame
        hits.append(Hit(pattern: index, span: span, weight: totals[index], isFrame: isFrame))
      }
    }
    // What is inside a message that tells more is a part of that message.
    hits.sort { ($0.weight, $1.span.lowerBound) > ($1.weight, $0.span.lowerBound) }
    var chosen: [Hit] = []
    for hit in hits {
      let isTaken = chosen.contains { other in
        other.span.overlaps(hit.span) && !(other.span == hit.span && other.weight == hit.weight)
      }
      if !isTaken { chosen.append(hit) }
    }
    chosen.sort {
      ($0.isFrame ? 1 : 0, $0.span.lowerBound) < ($1.isFrame ? 1 : 0, $1.span.lowerBound)
    }
    return unique(chosen.map { match($0.pattern, .whole, text.excerpt(of: $0.span)) })
  }

  private func partialMatches(of text: MessageText) -> [MessageMatch] {
    let paste = PastedPart(text)
    guard !paste.words.isEmpty, paste.words.count <= PastedPart.mostWords else { return [] }
    var best: [(index: Int, weight: Double)] = []
    for index in patterns.indices
    where !origins[index].isTranslation && origins[index].message.role != .frame {
      guard let weight = paste.weight(in: patterns[index], weights),
        weight > Self.leastWeight
      else { continue }
      best.append((index, weight))
    }
    guard let most = best.map(\.weight).max() else { return [] }
    return unique(
      best.filter { $0.weight == most }.map {
        match($0.index, .part, text.excerpt(of: 0..<text.bytes.count))
      })
  }

  private func nearMatches(in text: MessageText) -> [MessageMatch] {
    let near = NearSearch(text)
    var found: [(index: Int, nearness: Double, span: Range<Int>)] = []
    for index in patterns.indices
    where origins[index].message.role != .frame || origins[index].isTranslation {
      guard let place = near.place(of: patterns[index], weights) else { continue }
      found.append((index, place.nearness, place.span))
    }
    found.sort { ($0.nearness, $1.index) > ($1.nearness, $0.index) }
    guard let best = found.first?.nearness else { return [] }
    let nearest = found.filter { $0.nearness == best }
    return Array(
      unique(nearest.map { match($0.index, .near, text.excerpt(of: $0.span)) }).prefix(3))
  }

  /// The same message once, where its spellings or several places match.
  private func unique(_ matches: [MessageMatch]) -> [MessageMatch] {
    var seen: Set<[String]> = []
    return matches.filter {
      let excerpt = $0.extent == .whole ? $0.excerpt : ""
      return seen.insert([$0.source.id, $0.message.text, excerpt]).inserted
    }
  }
}

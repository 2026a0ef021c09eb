/// Finds the names that are nearest to a mistyped one.
package enum NearestNames {
  /// The names nearest to `text`, the best first; none when nothing is near.
  package static func of(_ text: String, among names: [String], count: Int = 3) -> [String] {
    let wanted = Array(text.lowercased().unicodeScalars.prefix(100))
    let words = Set(text.lowercased().split(separator: "-").filter(isTelling))
    let rated = names.compactMap { name -> (name: String, score: Int)? in
      let scalars = Array(name.lowercased().unicodeScalars)
      let distance = distance(wanted, scalars)
      if distance <= max(2, min(wanted.count, scalars.count) / 3) { return (name, distance) }
      if wanted.count > 2, scalars.starts(with: wanted) { return (name, distance) }
      let shared = words.intersection(name.lowercased().split(separator: "-")).count
      return shared > 0 ? (name, 50 + distance - 20 * shared) : nil
    }
    return rated.sorted { ($0.score, $0.name) < ($1.score, $1.name) }.prefix(count).map(\.name)
  }

  /// False for words that names share by chance, such as `no` and `not`.
  private static func isTelling(_ word: Substring) -> Bool {
    word.count > 2 && !["and", "for", "has", "not", "the"].contains(word)
  }

  /// Returns the number of scalars that have to be added, left out, replaced or swapped with their
  /// neighbor.
  static func distance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
    var before: [Int] = []
    var last = Array(0...b.count)
    for (i, x) in a.enumerated() {
      var row = [i + 1]
      for (j, y) in b.enumerated() {
        var best = min(last[j + 1] + 1, row[j] + 1, last[j] + (x == y ? 0 : 1))
        if i > 0, j > 0, x == b[j - 1], a[i - 1] == y { best = min(best, before[j - 1] + 1) }
        row.append(best)
      }
      (before, last) = (last, row)
    }
    return last[b.count]
  }
}

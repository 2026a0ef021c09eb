extension String {
  /// Returns whether the bytes of a part stand in the text. `contains` weighs graphemes instead,
  /// which is another question and takes a hundred times as long.
  package func containsBytes(_ part: String) -> Bool {
    var (text, part) = (self, part)
    return text.withUTF8 { text in
      part.withUTF8 { part in
        guard let first = part.first else { return true }
        guard text.count >= part.count else { return false }
        for start in 0...(text.count - part.count) where text[start] == first {
          if part.indices.allSatisfy({ text[start + $0] == part[$0] }) { return true }
        }
        return false
      }
    }
  }
}

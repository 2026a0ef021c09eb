extension String {
  /// A library's own words for an error, without its type's name and its source's line.
  init(wordsOf error: any Error) {
    var words = "\(error)".split(separator: " ")
    if let last = words.last, last.contains(".swift:") { words.removeLast() }
    guard let first = words.first, first.hasSuffix(":"), let dot = first.firstIndex(of: ".") else {
      self = words.joined(separator: " ")
      return
    }
    // Some errors are a code and no more.
    let code = first[first.index(after: dot)...].dropLast()
    self = words.count > 1 ? words.dropFirst().joined(separator: " ") : String(code)
  }
}

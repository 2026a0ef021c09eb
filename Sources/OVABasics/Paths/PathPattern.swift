/// A pattern of paths, as shells write them: `*.iso`, `old/`, `**/tmp/*`.
///
/// `*` and `?` stay within a name, `**` crosses folders. A pattern without a slash means a name in
/// any folder; a folder that matches takes everything below it along.
package struct PathPattern: Hashable, Sendable {
  /// The pattern as written.
  package let text: String
  private let scalars: [Unicode.Scalar]
  private let isName: Bool

  /// Reads a pattern; one slash at its end or start does not matter.
  package init(_ text: String) {
    self.text = text
    var body = text.unicodeScalars[...]
    if body.last == "/" { body.removeLast() }
    isName = !body.contains("/")
    if body.first == "/" { body.removeFirst() }
    scalars = Array(body)
  }

  /// Returns whether the path, or the name at its end, is meant.
  package func matches(_ path: String) -> Bool {
    let all = Array(path.unicodeScalars)
    guard isName else { return Self.matches(scalars[...], all[...]) }
    let name = all.lastIndex(of: "/").map { all[(all.index(after: $0))...] } ?? all[...]
    return Self.matches(scalars[...], name)
  }

  /// Returns whether the path, or a folder or archive that it lies in, is meant.
  package func matchesPathOrFolder(of path: String) -> Bool {
    let bytes = path.utf8
    let ends = bytes.indices.filter { bytes[$0] == UInt8(ascii: "/") } + [bytes.endIndex]
    return ends.contains { $0 > bytes.startIndex && matches(String(Substring(bytes[..<$0]))) }
  }

  /// Matches by remembering, for each place in the pattern, where it may stand: no backtracking.
  private static func matches(
    _ pattern: ArraySlice<Unicode.Scalar>, _ path: ArraySlice<Unicode.Scalar>
  ) -> Bool {
    var tokens: [Token] = []
    var rest = pattern
    while let first = rest.popFirst() {
      switch first {
      case "*" where rest.first == "*":
        rest.removeFirst()
        tokens.append(.anything)
        if rest.first == "/" {
          rest.removeFirst()
          tokens.append(.afterFolder)
        }
      case "*": tokens.append(.anyInName)
      case "?": tokens.append(.oneInName)
      default: tokens.append(.literal(first))
      }
    }
    var reached = Set([0])
    reached = Self.closure(reached, tokens, previous: nil)
    for scalar in path {
      var next: Set<Int> = []
      for state in reached where state < tokens.count {
        switch tokens[state] {
        case .anything: next.insert(state)
        case .anyInName where scalar != "/": next.insert(state)
        case .oneInName where scalar != "/": next.insert(state + 1)
        case .literal(let wanted) where wanted == scalar: next.insert(state + 1)
        default: break
        }
      }
      reached = closure(next, tokens, previous: scalar)
      if reached.isEmpty { return false }
    }
    return reached.contains(tokens.count)
  }

  private static func closure(
    _ states: Set<Int>, _ tokens: [Token], previous: Unicode.Scalar?
  ) -> Set<Int> {
    var result = states
    var open = Array(states)
    while let state = open.popLast() {
      guard state < tokens.count else { continue }
      let passes: Bool =
        switch tokens[state] {
        case .anything, .anyInName: true
        case .afterFolder: previous == nil || previous == "/"
        case .oneInName, .literal: false
        }
      if passes, result.insert(state + 1).inserted { open.append(state + 1) }
    }
    return result
  }

  private enum Token {
    case anything
    case anyInName
    case oneInName
    case literal(Unicode.Scalar)
    /// Nothing, but only at the start of a name.
    case afterFolder
  }
}

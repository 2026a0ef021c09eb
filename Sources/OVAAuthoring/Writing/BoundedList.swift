/// The first of many; beyond a limit they are only counted.
///
/// A package may have as many files as its limit allows, and there may be something to say of each
/// of them, too much to be read.
struct BoundedList<Element> {
  /// The most that are kept.
  static var most: Int { 1_000 }

  /// The first ones.
  private(set) var kept: [Element] = []
  /// The number of those that came after them.
  private(set) var more = 0

  /// Adds one, which is made only where it is kept.
  mutating func append(_ element: @autoclosure () -> Element) {
    if kept.count < Self.most { kept.append(element()) } else { more += 1 }
  }

  var isEmpty: Bool { kept.isEmpty }
}

/// The sentences about what one step does.
typealias StepDetails = BoundedList<String>

extension BoundedList<String> {
  /// The sentences, of which the last says how many more there are.
  var all: [String] { more == 0 ? kept : kept + ["and \(more) more"] }
}

/// The sentences about what one step does; beyond a limit they are only counted.
///
/// A package may have as many files as its limit allows, and a step something to say of each of
/// them, too many to be read.
struct StepDetails {
  /// The most sentences.
  static let most = 1_000

  private var texts: [String] = []
  private var more = 0

  /// Adds a sentence, which is made only where it is kept.
  mutating func append(_ text: @autoclosure () -> String) {
    if texts.count < Self.most { texts.append(text()) } else { more += 1 }
  }

  var isEmpty: Bool { texts.isEmpty }

  /// The sentences.
  var all: [String] { more == 0 ? texts : texts + ["and \(more) more"] }
}

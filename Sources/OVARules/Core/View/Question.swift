import OVABasics
import OVAPackage

/// Questions that several rules ask about one package, answered once.
enum Question: Int {
  case capacities, seenDisks, referencedFiles, referencedPaths, containers, optionIDs,
    hardwareSections, items, hardware, properties,
    disksByConfiguration, listedPaths, quantityProperties, unplaced
}

extension CheckedPackage {
  /// The answer to a question, worked out by `work` for the first rule that asks.
  func answer<Value: Sendable>(_ question: Question, _ work: () -> Value) -> Value {
    if let known = memo.answer(question.rawValue) as? Answer<Value> { return known.value }
    let answer = Answer(work())
    memo.keep(answer, of: question.rawValue)
    return answer.value
  }
}

private final class Answer<Value: Sendable>: Sendable {
  let value: Value

  init(_ value: Value) { self.value = value }
}

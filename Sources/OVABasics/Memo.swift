import Synchronization

/// What is worked out once though many ask: answers by the name of the question.
///
/// Two that ask at the same time may both work it out; the answers are the same.
package final class Memo: Sendable {
  // Objects, whose class is sooner told than the type of any value.
  private let answers = Mutex<[String: any AnyObject & Sendable]>([:])

  package init() {}

  /// The answer to a question, worked out by `work` when nobody asked before.
  package func answer<Value: Sendable>(_ question: String, _ work: () -> Value) -> Value {
    if let known = answers.withLock({ $0[question] }) as? Answer<Value> { return known.value }
    let answer = Answer(work())
    answers.withLock { $0[question] = answer }
    return answer.value
  }
}

private final class Answer<Value: Sendable>: Sendable {
  let value: Value

  init(_ value: Value) { self.value = value }
}

import Synchronization

/// What is worked out once though many ask: answers by the name of the question.
///
/// Two that ask at the same time may both work it out; the answers are the same.
package final class Memo: Sendable {
  private let answers = Mutex<[String: any Sendable]>([:])

  package init() {}

  /// The answer to a question, worked out by `work` when nobody asked before.
  package func answer<Answer: Sendable>(_ question: String, _ work: () -> Answer) -> Answer {
    if let known = answers.withLock({ $0[question] }) as? Answer { return known }
    let answer = work()
    answers.withLock { $0[question] = answer }
    return answer
  }
}

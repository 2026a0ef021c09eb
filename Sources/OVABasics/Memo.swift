import Synchronization

/// What is worked out once though many ask: answers by the number of the question.
///
/// Two that ask at the same time may both work it out; the answers are the same.
package final class Memo: Sendable {
  // Objects, whose class is sooner told than the type of any value.
  private let answers = Mutex<[(any AnyObject & Sendable)?]>([])

  package init() {}

  /// The answer to a question, if it is known.
  package func answer(_ question: Int) -> (any AnyObject & Sendable)? {
    answers.withLock { $0.indices.contains(question) ? $0[question] : nil }
  }

  /// Keeps the answer to a question.
  /// - Parameter question: a small number, not below 0.
  package func keep(_ answer: any AnyObject & Sendable, of question: Int) {
    answers.withLock { answers in
      while answers.count <= question { answers.append(nil) }
      answers[question] = answer
    }
  }
}

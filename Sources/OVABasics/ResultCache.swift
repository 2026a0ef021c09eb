import Synchronization

/// Results that many callers need and one computes, by the number of the result.
///
/// Two callers that ask at the same time may both compute the result; the results are equal.
package final class ResultCache: Sendable {
  // Objects, since the class of an object is compared sooner than the type of any value.
  private let results = Mutex<[(any AnyObject & Sendable)?]>([])

  package init() {}

  /// Returns a stored result; nil when it is not computed yet.
  package func result(_ number: Int) -> (any AnyObject & Sendable)? {
    results.withLock { $0.indices.contains(number) ? $0[number] : nil }
  }

  /// Stores a result.
  /// - Parameter number: a small number, not below 0.
  package func store(_ result: any AnyObject & Sendable, as number: Int) {
    results.withLock { results in
      while results.count <= number { results.append(nil) }
      results[number] = result
    }
  }
}

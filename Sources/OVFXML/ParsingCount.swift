import Synchronization

/// Counts the documents that are parsed while it is current, for those who promise that none is
/// parsed twice.
package final class ParsingCount: Sendable {
  /// The count of the present task; nil where nothing is counted.
  @TaskLocal package static var current: ParsingCount?

  private let names = Mutex<[String]>([])

  package init() {}

  /// The names of the documents, in their order.
  package var documents: [String] { names.withLock { $0 } }

  func add(_ name: String) { names.withLock { $0.append(name) } }
}

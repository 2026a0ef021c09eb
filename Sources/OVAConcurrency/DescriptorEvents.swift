import Dispatch
import Synchronization

/// Tells when a file descriptor has something to read.
public final class DescriptorEvents: Sendable {
  private let source: Mutex<any DispatchSourceRead>

  /// Begins to listen.
  /// - Parameters:
  ///   - descriptor: is read by `onReadable` alone, without waiting.
  ///   - onReadable: is called on a thread of the system's, and must not block it.
  ///   - onEnd: is called once after the last call of `onReadable`; it closes the descriptor.
  public init(
    of descriptor: Int32, onReadable: @escaping @Sendable () -> Void,
    onEnd: @escaping @Sendable () -> Void
  ) {
    let source = DispatchSource.makeReadSource(
      fileDescriptor: descriptor, queue: .global(qos: .utility))
    source.setEventHandler(handler: onReadable)
    source.setCancelHandler(handler: onEnd)
    source.resume()
    self.source = Mutex(source)
  }

  deinit { source.withLock { $0.cancel() } }
}

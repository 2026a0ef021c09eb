import OVABasics
import OVAByteSource
import Synchronization

/// Connections that are kept open between requests.
final class ConnectionPool: Sendable {
  private let idle = Mutex<[Connection]>([])
  /// The most that are kept.
  private let most: Int

  init(most: Int) { self.most = most }

  /// A connection for one transfer.
  func take(for place: Place) throws(ByteSourceError) -> Connection {
    if let connection = idle.withLock({ $0.popLast() }) { return connection }
    guard let connection = Connection(try CurlLibrary.shared(for: place)) else {
      throw ByteSourceError(
        code: .inputOutput, doing: "fetch it", reason: "out of memory", place: place)
    }
    return connection
  }

  /// Takes a connection back.
  func give(_ connection: Connection) {
    connection.end()
    idle.withLock { if $0.count < most { $0.append(connection) } }
  }
}

import OVABasics
import Synchronization

/// A request whose answer's head is there.
final class Exchange: Sendable {
  let url: RemoteURL
  let head: HTTPHead
  private let method: String
  private let connection: Connection
  private let client: RemoteClient
  private let isClosed = Mutex(false)

  init(
    url: RemoteURL, head: HTTPHead, method: String, connection: Connection, client: RemoteClient
  ) {
    self.url = url
    self.head = head
    self.method = method
    self.connection = connection
    self.client = client
  }

  deinit { close() }

  /// The next bytes of the body; 0 at its end.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws(TransferFailure) -> Int {
    let count = try unsafe connection.read(into: buffer)
    client.count(bytes: count)
    return count
  }

  /// All of the body; nil when it is longer.
  func bytes(limit: Int) throws(TransferFailure) -> [UInt8]? {
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 32 << 10)
    while true {
      let count = try readPiece(&piece)
      guard count > 0 else { return bytes }
      bytes += piece.prefix(count)
      guard bytes.count <= limit else { return nil }
    }
  }

  /// Fills as much of an array as there is.
  func readPiece(_ piece: inout [UInt8]) throws(TransferFailure) -> Int {
    var failure: TransferFailure?
    let count = unsafe piece.withUnsafeMutableBytes { buffer in
      do throws(TransferFailure) {
        return try unsafe read(into: buffer)
      } catch {
        failure = error
        return 0
      }
    }
    if let failure { throw failure }
    return count
  }

  /// The server's own code for an error, such as `NoSuchKey`, where its body says one.
  func errorCode() -> String? {
    guard method != "HEAD", head["content-type"]?.contains("xml") ?? false else { return nil }
    var piece = [UInt8](repeating: 0, count: 4096)
    guard let count = try? readPiece(&piece) else { return nil }
    let text = String(decoding: piece.prefix(count), as: UTF8.self)
    guard let start = text.firstRange(of: "<Code>"),
      let end = text[start.upperBound...].firstRange(of: "</Code>")
    else { return nil }
    let code = text[start.upperBound..<end.lowerBound]
    let isWord = code.utf8.allSatisfy { $0.isASCIILetter || $0.isASCIIDigit }
    return isWord && (1...64).contains(code.utf8.count) ? String(code) : nil
  }

  /// Ends it. Where the body was read to its end the connection is used again.
  func close() {
    let isFirst = isClosed.withLock { isClosed in
      defer { isClosed = true }
      return !isClosed
    }
    guard isFirst else { return }
    client.give(connection)
  }
}

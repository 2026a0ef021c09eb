import Glibc
public import OVABasics
public import OVAByteSource

/// A remote file, opened: read where it lies, or as a stream where the server knows no ranges.
public enum RemoteFile: Sendable {
  /// Any part of it can be read.
  case source(RemoteSource)
  /// It comes once, front to back.
  case stream(RemoteStream)

  /// The number of bytes that the first request asks for: descriptors are mostly in them.
  static let firstBytes = 256 << 10

  /// Opens a file with one request, whose bytes are kept.
  ///
  /// A range counts only where `Content-Range` says so. An answer that is the whole file, because the
  /// server ignores ranges, is not read on; what is left of it can be read as a stream.
  /// - Throws: `ByteSourceError` that says who answered what, and what to do.
  public static func open(
    _ location: RemoteLocation, _ client: RemoteClient
  ) throws(ByteSourceError) -> RemoteFile {
    var attempts = Attempts(client.settings)
    while true {
      if let file = try opened(location, client, &attempts) { return file }
    }
  }

  /// Asks for the first bytes; nil if they were cut and are worth another attempt.
  private static func opened(
    _ location: RemoteLocation, _ client: RemoteClient, _ attempts: inout Attempts
  ) throws(ByteSourceError) -> RemoteFile? {
    var request = RemoteRequest(location: location)
    request.fields = [HTTPField("Range", "bytes=0-\(firstBytes - 1)")]
    let exchange = try client.exchange(request, &attempts)
    let head = exchange.head
    var version = RemoteVersion(head)
    if head.isRange(from: 0, to: UInt64(firstBytes)) {
      if version.size == nil { version.size = try size(of: location, client) }
    } else if head.status == 416 {
      exchange.close()
      let size = head["content-range"].flatMap(ContentRange.sizeOfUnsatisfied)
      // Of an empty file no range can be had.
      guard size ?? 0 == 0 else { return try streamed(location, client) }
      version.size = 0
      return .source(RemoteSource(location, client, version: version, size: 0, start: []))
    } else if head.status == 200, !head.isCompressed, head["content-range"] == nil {
      // The whole file: what is small is taken, the rest of what is large left where it is.
      guard let length = head.contentLength, length <= UInt64(firstBytes) else {
        return .stream(RemoteStream(exchange, location))
      }
    } else {
      exchange.close()
      return try streamed(location, client)
    }
    guard let size = version.size else {
      exchange.close()
      return try streamed(location, client)
    }
    return try source(of: exchange, size: size, location, client, version, &attempts)
  }

  /// Takes the bytes of an answer that is the file's start; nil if they were cut and are worth another
  /// attempt.
  private static func source(
    of exchange: Exchange, size: UInt64, _ location: RemoteLocation,
    _ client: RemoteClient, _ version: RemoteVersion, _ attempts: inout Attempts
  ) throws(ByteSourceError) -> RemoteFile? {
    guard size <= UInt64(Int64.max) else {
      throw ByteSourceError(
        code: .limitExceeded, doing: "read it",
        reason: "\(exchange.url.authority) says that it has \(size) bytes, which no file has",
        place: Place(location.name))
    }
    let range = exchange.head["content-range"]
    let expected = Int(min(range.flatMap { ContentRange($0)?.count } ?? size, size))
    var start: [UInt8] = []
    let failure: TransferFailure
    do throws(TransferFailure) {
      try exchange.take(expected, into: &start)
      failure = .cut
    } catch {
      failure = error
    }
    exchange.close()
    // Of a range that was cut the rest is fetched when it is read.
    if start.count == expected || (range != nil && !start.isEmpty) {
      return .source(
        RemoteSource(
          location, client, version: version, size: size, start: start,
          redirected: location.isAt(exchange.url) ? nil : exchange.url))
    }
    guard RemoteFailure.mayPass(failure), attempts.wait() else {
      throw RemoteFailure.transfer(failure, host: exchange.url.authority, name: location.name)
    }
    return nil
  }

  /// Reads it as a stream from the start, with a request that asks for no range.
  static func streamed(
    _ location: RemoteLocation, _ client: RemoteClient
  ) throws(ByteSourceError) -> RemoteFile {
    var attempts = Attempts(client.settings)
    var request = RemoteRequest(location: location)
    request.decodesBody = true
    let exchange = try client.exchange(request, &attempts)
    guard (200..<300).contains(exchange.head.status) else {
      exchange.close()
      throw RemoteFailure.status(
        exchange.head, host: exchange.url.authority, name: location.name, detail: nil,
        credentials: .web(host: exchange.url.authority))
    }
    return .stream(RemoteStream(exchange, location))
  }

  /// The length, asked of a server that does not tell it with a range; nil where it does not tell it
  /// at all.
  private static func size(
    of location: RemoteLocation, _ client: RemoteClient
  ) throws(ByteSourceError) -> UInt64? {
    var attempts = Attempts(client.settings)
    var request = RemoteRequest(location: location)
    request.method = "HEAD"
    guard let exchange = try? client.exchange(request, &attempts) else { return nil }
    defer { exchange.close() }
    guard exchange.head.status == 200, !exchange.head.isCompressed else { return nil }
    return exchange.head.contentLength
  }
}

extension Exchange {
  /// Appends the first bytes of the body; fewer where it ends or fails.
  fileprivate func take(_ count: Int, into bytes: inout [UInt8]) throws(TransferFailure) {
    bytes.reserveCapacity(count)
    while bytes.count < count {
      var piece = [UInt8](repeating: 0, count: min(count - bytes.count, 64 << 10))
      let read = try readPiece(&piece)
      guard read > 0 else { return }
      bytes += piece.prefix(read)
    }
  }
}

extension TransferFailure {
  /// The failure of a body that ended before it should, with libcurl's code for it.
  static var cut: TransferFailure {
    TransferFailure(code: 18, words: "the transfer ended before all of it was there")
  }
}

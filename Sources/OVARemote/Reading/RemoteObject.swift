import Glibc
import OVABasics
import OVAByteSource
import Synchronization

/// One version of a remote file, of which ranges are fetched.
final class RemoteObject: Sendable {
  let client: RemoteClient
  let location: RemoteLocation
  let name: String
  let version: RemoteVersion
  private let state: Mutex<State>

  private struct State {
    /// The URL of the last answer, when a redirect led there.
    var redirected: RemoteURL?
    var isChanged = false
    var isAbandoned = false
  }

  init(
    _ location: RemoteLocation, _ client: RemoteClient, version: RemoteVersion,
    redirected: RemoteURL?
  ) {
    self.client = client
    self.location = location
    name = location.name
    self.version = version
    state = Mutex(State(redirected: redirected))
  }

  /// True if an answer was of another version.
  var isChanged: Bool { state.withLock { $0.isChanged } }

  /// Ends what is fetched ahead, since it is no longer wanted.
  func abandon() { state.withLock { $0.isAbandoned = true } }

  var changed: ByteSourceError {
    ByteSourceError(
      code: .changed, doing: "read it", reason: "it changed while it was being read",
      place: Place(name), fix: "wait until it is uploaded")
  }

  /// Fetches a range.
  /// - Throws: `ByteSourceError`; `changed` where another version is there by now.
  func bytes(of range: Range<UInt64>) throws(ByteSourceError) -> [UInt8] {
    var failure: ByteSourceError?
    let length = Int(range.upperBound - range.lowerBound)
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: length) { buffer, initialized in
      do throws(ByteSourceError) {
        try unsafe fetch(range, into: UnsafeMutableRawBufferPointer(buffer))
        initialized = length
      } catch {
        failure = error
        initialized = 0
      }
    }
    if let failure { throw failure }
    return bytes
  }

  /// Fetches a range into a buffer of its length.
  /// - Throws: `ByteSourceError`; `changed` where another version is there by now.
  private func fetch(
    _ range: Range<UInt64>, into buffer: UnsafeMutableRawBufferPointer
  ) throws(ByteSourceError) {
    var attempts = Attempts(client.settings)
    var done = 0
    while done < buffer.count {
      let position = range.lowerBound + UInt64(done)
      let exchange = try answer(for: position..<range.upperBound, &attempts)
      defer { exchange.close() }
      guard exchange.head.isRange(from: position, to: range.upperBound) else {
        try confirm(exchange.head)
        guard attempts.wait() else { throw noRange(exchange, position) }
        continue
      }
      try confirm(exchange.head)
      let before = done
      do throws(TransferFailure) {
        while done < buffer.count {
          let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[done...])
          let count = try unsafe exchange.read(into: rest)
          guard count > 0 else { break }
          done += count
          if state.withLock({ $0.isAbandoned }) { throw TransferFailure.abandoned }
        }
        // A server may give less than was asked, but not nothing.
        if done > before {
          attempts.begin()
        } else if !attempts.wait() {
          throw TransferFailure(code: 18, words: "the answer has no bytes")
        }
      } catch {
        // Each piece that comes is progress, and the next failure one of its own.
        if done > before { attempts.begin() }
        guard RemoteFailure.mayPass(error), attempts.wait() else {
          throw RemoteFailure.transfer(error, host: exchange.url.authority, name: name)
        }
      }
    }
  }

  private func answer(
    for range: Range<UInt64>, _ attempts: inout Attempts
  ) throws(ByteSourceError) -> Exchange {
    var request = RemoteRequest(location: location)
    request.fields = [HTTPField("Range", "bytes=\(range.lowerBound)-\(range.upperBound - 1)")]
    if let tag = version.strongTag { request.fields.append(HTTPField("If-Match", tag)) }
    let redirected = state.withLock { $0.redirected }
    request.redirected = redirected
    let exchange: Exchange
    do throws(ByteSourceError) {
      exchange = try client.exchange(request, &attempts)
    } catch {
      // A signed URL that a redirect led to ends some time; the first one gives a new one.
      guard redirected != nil, error.code == .permissionDenied || error.code == .notFound else {
        throw error
      }
      request.redirected = nil
      exchange = try client.exchange(request, &attempts)
    }
    let url = exchange.url
    state.withLock { $0.redirected = location.isAt(url) ? nil : url }
    return exchange
  }

  /// Makes sure that an answer is of the version that was opened.
  private func confirm(_ head: HTTPHead) throws(ByteSourceError) {
    guard head.status != 412, head.status != 416, version.mayBe(RemoteVersion(head)) else {
      state.withLock { $0.isChanged = true }
      throw changed
    }
  }

  private func noRange(_ exchange: Exchange, _ position: UInt64) -> ByteSourceError {
    ByteSourceError(
      code: .inputOutput, doing: "read it",
      reason: "\(exchange.url.authority) answered \(exchange.head.status) with "
        + (exchange.head["content-range"].map { "the range '\($0.forDisplay)'" } ?? "no range"),
      place: Place(name, offset: position), fix: "fetch the file, and name it instead")
  }
}

/// The facts that tell versions of a file apart.
struct RemoteVersion: Hashable, Sendable {
  /// The entity tag as it was sent.
  var tag: String?
  /// `Last-Modified` as it was sent.
  var modified: String?
  /// Length in bytes.
  var size: UInt64?

  /// Takes the version from the head of an answer.
  init(_ head: HTTPHead) {
    tag = head["etag"]
    modified = head["last-modified"]
    let isWhole = head.status == 200 && head["content-range"] == nil && !head.isCompressed
    size =
      head["content-range"].flatMap { ContentRange($0)?.size }
      ?? (isWhole ? head.contentLength : nil)
  }

  /// The tag where requests may depend on it: a weak one does not stand for bytes.
  var strongTag: String? {
    guard let tag, tag.hasPrefix("\""), tag.hasSuffix("\""), tag.utf8.count > 2 else { return nil }
    return tag
  }

  private var plainTag: String? {
    tag.map { $0.hasPrefix("W/") ? String($0.dropFirst(2)) : $0 }
  }

  /// Returns whether both may be one version: nothing that both tell differs.
  func mayBe(_ other: RemoteVersion) -> Bool {
    if let size, let otherSize = other.size, size != otherSize { return false }
    if let tag = plainTag, let otherTag = other.plainTag { return tag == otherTag }
    if let modified, let otherModified = other.modified { return modified == otherModified }
    return true
  }
}

extension HTTPHead {
  /// Returns whether the body is bytes of the file from an offset on, none of them behind an end:
  /// the status alone does not show it, since there are servers that answer a range with 200.
  func isRange(from first: UInt64, to end: UInt64) -> Bool {
    guard status == 200 || status == 206, !isCompressed,
      let range = self["content-range"].flatMap({ ContentRange($0) })
    else { return false }
    return range.first == first && range.last < end
  }
}

extension TransferFailure {
  static var abandoned: TransferFailure {
    TransferFailure(code: 42, words: "nobody wants it any more")
  }
}

extension RemoteLocation {
  /// Returns whether a URL is the location's own.
  func isAt(_ url: RemoteURL) -> Bool {
    if case .web(let own) = form { own == url } else { true }
  }
}

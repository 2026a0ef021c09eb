import CCurl
import Glibc
import OVABasics
import OVAByteSource
import Synchronization

/// Fetches from web servers and buckets, for all files of a process.
public final class RemoteClient: Sendable {
  /// The settings of its requests.
  public let settings: RemoteSettings
  let buckets: BucketAccess
  private let pool: ConnectionPool
  private let traffic = Mutex(RemoteTraffic())

  /// A client with no connections yet; libcurl is loaded with the first.
  public init(_ settings: RemoteSettings) {
    self.settings = settings
    pool = ConnectionPool(most: max(8, 2 * settings.connections))
    buckets = BucketAccess(settings)
  }

  /// The requests and bytes so far.
  public var counted: RemoteTraffic { traffic.withLock { $0 } }

  func count(bytes: Int) { traffic.withLock { $0.bytes &+= UInt64(clamping: bytes) } }

  // MARK: Exchanges

  /// Makes a request, follows redirects and tries again what may pass.
  /// - Returns: an answer of status 200 to 299, 304, 412 or 416, whose body was not read.
  func exchange(
    _ request: RemoteRequest, _ attempts: inout Attempts
  ) throws(ByteSourceError) -> Exchange {
    var isRefreshed = false
    while true {
      let failure: ByteSourceError
      var asked: Int?
      var target = request
      var hops = 0
      attempt: do {
        while true {
          let prepared = try prepare(target)
          let connection = try pool.take(for: Place(request.name))
          let exchange: Exchange
          do throws(TransferFailure) {
            exchange = try begin(prepared, connection)
          } catch {
            failure = RemoteFailure.transfer(
              error, host: prepared.http.url.authority, name: request.name)
            guard RemoteFailure.mayPass(error) else { throw failure }
            break attempt
          }
          let head = exchange.head
          switch head.status {
          case 200..<300, 304, 412, 416: return exchange
          case _ where hops < settings.redirects:
            if let next = try redirect(target, exchange) {
              hops += 1
              target = next
              exchange.close()
              continue
            }
          case 300..<400:
            exchange.close()
            throw ByteSourceError(
              code: .inputOutput, doing: "fetch it",
              reason: "it leads on and on: \(hops) redirects were followed",
              place: Place(request.name), fix: "name the URL that it leads to")
          default: break
          }
          let detail = exchange.errorCode()
          exchange.close()
          if detail == "ExpiredToken", !isRefreshed {
            isRefreshed = true
            buckets.forgetCredentials()
            continue
          }
          failure = RemoteFailure.status(
            head, host: prepared.http.url.authority, name: request.name, detail: detail,
            credentials: prepared.credentials)
          guard RemoteFailure.mayPass(status: head.status) else { throw failure }
          asked = Attempts.secondsAsked(head, now: Int64(time(nil)))
          break attempt
        }
      }
      guard attempts.wait(asked: asked) else { throw failure.afterWaiting(asked, settings) }
    }
  }

  /// Sends a request and waits for the head of its answer.
  private func begin(
    _ prepared: Prepared, _ connection: Connection
  ) throws(TransferFailure) -> Exchange {
    traffic.withLock { $0.requests += 1 }
    try connection.begin(prepared.http, settings)
    let head = try connection.head()
    return Exchange(
      url: prepared.http.url, head: head, method: prepared.http.method, connection: connection,
      client: self)
  }

  /// Takes a connection back whose transfer is over.
  func give(_ connection: Connection) { pool.give(connection) }

  private struct Prepared {
    let http: HTTPRequest
    let credentials: RemoteFailure.Credentials
  }

  private func prepare(_ request: RemoteRequest) throws(ByteSourceError) -> Prepared {
    var fields = request.fields
    if !request.decodesBody { fields.append(HTTPField("Accept-Encoding", "identity")) }
    switch request.location.form {
    case .web(let url):
      let url = request.redirected ?? url
      return Prepared(
        http: HTTPRequest(
          method: request.method, url: url, fields: fields, body: request.body,
          decodesBody: request.decodesBody),
        credentials: url.shown == url.text ? .web(host: url.host) : .signedURL)
    case .bucket(let bucket, let key):
      let signed = try buckets.signed(
        method: request.method, bucket: bucket, key: key, query: request.query, self,
        name: request.name)
      return Prepared(
        http: HTTPRequest(
          method: request.method, url: signed.url, fields: fields + signed.fields,
          usesNetrc: false, decodesBody: request.decodesBody),
        credentials: signed.source.map {
          key.isEmpty ? .bucketList(source: $0) : .bucket(source: $0)
        } ?? .bucketWithout)
    }
  }

  /// The request that an answer sends on; nil where it sends nowhere.
  private func redirect(
    _ request: RemoteRequest, _ exchange: Exchange
  ) throws(ByteSourceError) -> RemoteRequest? {
    var next = request
    if case .bucket(let bucket, _) = request.location.form {
      guard [301, 307, 400].contains(exchange.head.status),
        let region = exchange.head["x-amz-bucket-region"],
        buckets.note(region: region, of: bucket)
      else { return nil }
      return next
    }
    guard [301, 302, 303, 307, 308].contains(exchange.head.status),
      let location = exchange.head["location"]
    else { return nil }
    func refused(_ reason: String) -> ByteSourceError {
      ByteSourceError(
        code: .inputOutput, doing: "fetch it",
        reason: "\(exchange.url.authority) leads elsewhere, \(reason)", place: Place(request.name),
        fix: "name the URL that it leads to")
    }
    let url: RemoteURL
    do throws(RemoteURL.Fault) {
      url = try exchange.url.resolved(location)
    } catch {
      throw refused(
        error == .user
          ? "to a URL with a user name, which is not followed" : "to what is no http or https URL")
    }
    if exchange.url.scheme == .https, url.scheme == .http {
      throw refused("from https to http, which anybody on the way could change")
    }
    next.redirected = url
    return next
  }

  // MARK: Small documents

  /// Fetches a small document whole.
  /// - Returns: its head and its bytes.
  func document(
    _ request: RemoteRequest, limit: Int, named limitName: String
  ) throws(ByteSourceError) -> (head: HTTPHead, bytes: [UInt8]) {
    var attempts = Attempts(settings)
    while true {
      let exchange = try exchange(request, &attempts)
      defer { exchange.close() }
      let bytes: [UInt8]?
      do throws(TransferFailure) {
        bytes = try exchange.bytes(limit: limit)
      } catch {
        guard RemoteFailure.mayPass(error), attempts.wait() else {
          throw RemoteFailure.transfer(error, host: exchange.url.authority, name: request.name)
        }
        continue
      }
      guard let bytes else {
        throw ByteSourceError(
          code: .limitExceeded, doing: "fetch it",
          reason: "it is larger than the limit '\(limitName)' of \(limit)",
          place: Place(request.name))
      }
      return (exchange.head, bytes)
    }
  }

  /// Makes one request that is not tried again, without proxies and netrc: to a service of this
  /// machine's provider, which answers at once where it is there at all.
  /// - Returns: nil where there was no answer.
  func local(_ request: HTTPRequest) -> (status: Int, bytes: [UInt8])? {
    guard let connection = try? pool.take(for: Place(request.url.origin)) else { return nil }
    var request = request
    request.usesNetrc = false
    request.connectMilliseconds = 1000
    traffic.withLock { $0.requests += 1 }
    guard (try? connection.begin(request, settings)) != nil, let head = try? connection.head()
    else { return nil }
    let exchange = Exchange(
      url: request.url, head: head, method: request.method, connection: connection, client: self)
    defer { exchange.close() }
    guard let bytes = try? exchange.bytes(limit: 1 << 20) else { return nil }
    return (head.status, bytes)
  }
}

/// The number of requests and bytes.
public struct RemoteTraffic: Hashable, Sendable {
  /// Requests that were made, repeated ones among them.
  public var requests = 0
  /// Bytes of bodies that were received.
  public var bytes: UInt64 = 0
}

/// A request for a location.
struct RemoteRequest: Sendable {
  var location: RemoteLocation
  var method = "GET"
  var fields: [HTTPField] = []
  /// Parameters of a request to a bucket, not encoded.
  var query: [HTTPField] = []
  var body: [UInt8]?
  var decodesBody = false
  /// The URL to which an earlier answer redirected.
  var redirected: RemoteURL?

  /// The name in errors.
  var name: String { location.name }
}

extension ByteSourceError {
  /// The same error, with the wait that the server asked for and that was too long.
  fileprivate func afterWaiting(_ asked: Int?, _ settings: RemoteSettings) -> ByteSourceError {
    guard let asked, asked > settings.longestWaitSeconds else { return self }
    return ByteSourceError(
      code: code, doing: doing, reason: "\(reason), and asks to wait \(asked) seconds",
      place: place, fix: fix)
  }
}

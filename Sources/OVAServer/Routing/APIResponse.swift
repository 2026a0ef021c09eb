import Crypto
import Hummingbird
import NIOCore
import OVABasics
import OVACatalog

/// The typed response of a handler, from which the router's response is made.
struct APIResponse: Sendable {
  /// The ways in which a body states the time that the request took.
  enum Clock: Sendable {
    /// It does not.
    case silent
    /// The value of `meta.time`, written as zero until the answer leaves.
    case metaTime
  }

  var status: HTTPResponse.Status = .ok
  var type = "application/json"
  var headers: HTTPFields = [:]
  var body: [UInt8]
  var clock = Clock.silent
  /// True if the body has an ETag.
  var isTagged = true
  /// The bytes that the tag is made of, where something short is as good as the body.
  var tagged: [UInt8]?

  /// A JSON document.
  static func json(_ document: JSON, status: HTTPResponse.Status = .ok) -> APIResponse {
    APIResponse(status: status, body: document.bytes())
  }

  /// `{"_links": …, "data": …, "meta": …}` around data that is JSON already.
  static func single(
    links: JSON, data: [UInt8], count: Int? = 1, user: String?,
    status: HTTPResponse.Status = .ok
  ) -> APIResponse {
    var bytes = Array("{\"_links\":".utf8)
    bytes += links.bytes()
    bytes += ",\"data\":".utf8
    bytes += data
    bytes += ",\"meta\":".utf8
    let counted: [(key: String, value: JSON)] = count.map { [("count", .number($0))] } ?? []
    let meta = JSON.object(
      counted + [
        ("time", .string(ListEnvelope.text(of: .zero))), ("user", .text(user)),
      ])
    bytes += meta.bytes()
    bytes.append(UInt8(ascii: "}"))
    return APIResponse(status: status, body: bytes, clock: .metaTime)
  }

  /// A page for people.
  static func page(_ html: String, status: HTTPResponse.Status = .ok) -> APIResponse {
    APIResponse(
      status: status, type: "text/html; charset=utf-8",
      headers: [.contentSecurityPolicy: WebTemplates.policy], body: Array(html.utf8))
  }

  /// A way to another page.
  static func seeOther(_ path: String, cookie: String? = nil) -> APIResponse {
    var headers: HTTPFields = [.location: path]
    if let cookie { headers[.setCookie] = cookie }
    return APIResponse(
      status: .seeOther, type: "text/plain; charset=utf-8", headers: headers, body: [],
      isTagged: false)
  }

  /// A tag of the answer; weak, for the time in it differs each time.
  var tag: String {
    let digest = SHA256.hash(data: tagged ?? body)
    return "W/\"\(Hex.text(digest.prefix(12)))\""
  }

  private static let unstamped = Array(#""time":"0.00000s""#.utf8)

  /// Writes how long the answer took where the body says so: in its last `time`.
  mutating func stamp(_ time: Duration) {
    guard clock == .metaTime else { return }
    let mark = Self.unstamped
    var start = body.count - mark.count
    while start >= 0 {
      if body[start..<(start + mark.count)].elementsEqual(mark) {
        let text = "\"time\":\"\(ListEnvelope.text(of: time))\""
        body.replaceSubrange(start..<(start + mark.count), with: text.utf8)
        return
      }
      start -= 1
    }
  }
}

extension APIResponse: ResponseGenerator {
  /// The response with its type, its tag where it has one and a cache could keep it, and its length.
  func response(from request: Request, context: some RequestContext) -> Response {
    var answer = self
    var headers = answer.headers
    headers[.contentType] = answer.type
    let isRead = request.method == .get || request.method == .head
    if isRead, isTagged, status == .ok { headers[.eTag] = tag }
    if let start = (context as? ServerContext)?.start { answer.stamp(ContinuousClock.now - start) }
    let response = Response(
      status: status, headers: headers,
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: answer.body)))
    return request.method == .head ? response.createHeadResponse() : response
  }
}

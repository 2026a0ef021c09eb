import CCurl
import Glibc
import OVABasics
import OVAByteSource
import Synchronization

/// The failure of a transfer below HTTP.
struct TransferFailure: Error, Sendable {
  /// libcurl's code.
  let code: UInt32
  /// libcurl's words.
  let words: String
}

/// A connection of libcurl's, lent to one thread at a time; it stays open between requests.
///
/// The body is pulled: nothing is received that was not asked for, apart from what the system
/// buffers.
@safe final class Connection: Sendable {
  private let library: CurlLibrary
  // Set once; libcurl lets any thread use a handle, one at a time, and the pool lends a connection to
  // one thread at a time.
  private nonisolated(unsafe) let multi: UnsafeMutableRawPointer
  private nonisolated(unsafe) let easy: UnsafeMutableRawPointer
  private nonisolated(unsafe) let words: UnsafeMutablePointer<CChar>
  private let inbox = Mutex(Inbox())

  /// The data that the callbacks have received.
  private struct Inbox {
    var lines: [[UInt8]] = []
    var lineBytes = 0
    var head: HTTPHead?
    var body: [UInt8] = []
    /// The number of bytes of `body` that were handed on.
    var taken = 0
    var received: UInt64 = 0
    var result: CURLcode?
    var isBusy = false
    /// The list of header fields that libcurl reads while the transfer lasts.
    var list: UInt = 0
  }

  /// More bytes of header fields than any server sends.
  private static let mostHeadBytes = 1 << 18

  init?(_ library: CurlLibrary) {
    self.library = library
    guard let multi = unsafe library.functions.multi_init() else { return nil }
    guard let easy = unsafe library.functions.easy_init() else {
      _ = unsafe library.functions.multi_cleanup(multi)
      return nil
    }
    unsafe self.multi = unsafe multi
    unsafe self.easy = unsafe easy
    unsafe words = .allocate(capacity: Int(CURL_ERROR_SIZE))
    unsafe words.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
  }

  deinit {
    end()
    unsafe library.functions.easy_cleanup(easy)
    _ = unsafe library.functions.multi_cleanup(multi)
    unsafe words.deallocate()
  }

  /// Bytes of the body that were received of the current transfer.
  var received: UInt64 { inbox.withLock { $0.received } }

  /// True if the current transfer came to its end, so that the connection can be used again.
  var isOver: Bool { inbox.withLock { $0.result == CURLE_OK } }

  /// Begins a request.
  func begin(_ request: HTTPRequest, _ settings: RemoteSettings) throws(TransferFailure) {
    end()
    unsafe library.functions.easy_reset(easy)
    unsafe words.pointee = 0
    set(request, settings)
    var list: UnsafeMutablePointer<curl_slist>?
    for field in request.fields {
      unsafe list = library.functions.slist_append(list, "\(field.name): \(field.value)")
    }
    unsafe set(CURLOPT_HTTPHEADER, pointer: UnsafeMutableRawPointer(list))
    let address = UInt(bitPattern: list)
    inbox.withLock { inbox in
      inbox = Inbox()
      inbox.isBusy = true
      inbox.list = address
    }
    guard unsafe library.functions.multi_add_handle(multi, easy) == CURLM_OK else {
      throw TransferFailure(code: CURLE_FAILED_INIT.rawValue, words: "libcurl takes no request")
    }
  }

  /// The head of the answer, once it is there.
  func head() throws(TransferFailure) -> HTTPHead {
    while true {
      if let head = inbox.withLock({ $0.head }) { return head }
      guard try pump() else {
        if let head = inbox.withLock({ $0.head }) { return head }
        throw TransferFailure(
          code: CURLE_WEIRD_SERVER_REPLY.rawValue, words: "the answer is not HTTP")
      }
    }
  }

  /// Fills a buffer with the next bytes of the body; 0 at its end.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws(TransferFailure) -> Int {
    while true {
      let count = inbox.withLock { inbox in
        let count = min(buffer.count, inbox.body.count - inbox.taken)
        unsafe buffer.copyBytes(from: inbox.body[inbox.taken..<inbox.taken + count])
        inbox.taken += count
        if inbox.taken == inbox.body.count {
          inbox.body.removeAll(keepingCapacity: true)
          inbox.taken = 0
        }
        return count
      }
      if count > 0 || buffer.count == 0 { return count }
      let isOn = try pump()
      let hasMore = inbox.withLock { $0.taken < $0.body.count }
      if !isOn, !hasMore { return 0 }
    }
  }

  /// Ends the transfer; where its body was not read to the end, the connection is cut.
  func end() {
    let list = inbox.withLock { inbox -> UInt? in
      guard inbox.isBusy else { return nil }
      inbox.isBusy = false
      return inbox.list
    }
    guard let list else { return }
    _ = unsafe library.functions.multi_remove_handle(multi, easy)
    unsafe library.functions.slist_free_all(UnsafeMutablePointer(bitPattern: list))
  }

  /// Lets the transfer go on for a moment.
  /// - Returns: false when it is over.
  private func pump() throws(TransferFailure) -> Bool {
    if let result = inbox.withLock({ $0.result }) {
      try check(result)
      return false
    }
    var running: CInt = 0
    _ = unsafe library.functions.multi_perform(multi, &running)
    var result = CURLE_OK
    var functions = unsafe library.functions
    if unsafe ova_curl_is_over(&functions, multi, &result) != 0 {
      inbox.withLock { $0.result = result }
      // What came before the failure is handed on first.
      if inbox.withLock({ $0.taken < $0.body.count }) { return true }
      try check(result)
      return false
    }
    let isIdle = inbox.withLock { $0.taken == $0.body.count }
    if isIdle { _ = unsafe library.functions.multi_poll(multi, nil, 0, 1000, nil) }
    return true
  }

  private func check(_ result: CURLcode) throws(TransferFailure) {
    guard result != CURLE_OK else { return }
    let own = unsafe String(cString: words)
    throw TransferFailure(
      code: result.rawValue, words: own.isEmpty ? library.words(result) : own)
  }

  // MARK: Options

  private func set(_ request: HTTPRequest, _ settings: RemoteSettings) {
    set(CURLOPT_URL, request.url.text)
    set(CURLOPT_NOSIGNAL, number: 1)
    unsafe set(CURLOPT_ERRORBUFFER, pointer: UnsafeMutableRawPointer(words))
    set(CURLOPT_PATH_AS_IS, number: 1)
    // Redirects are followed by hand: credentials belong to one host, signatures to one URL.
    set(CURLOPT_FOLLOWLOCATION, number: 0)
    set(CURLOPT_SUPPRESS_CONNECT_HEADERS, number: 1)
    set(CURLOPT_USERAGENT, "ova")
    set(CURLOPT_HTTPAUTH, number: 1 /* basic */)
    set(
      CURLOPT_CONNECTTIMEOUT_MS,
      number: request.connectMilliseconds ?? settings.connectSeconds * 1000)
    set(CURLOPT_LOW_SPEED_LIMIT, number: settings.leastBytesPerSecond)
    set(CURLOPT_LOW_SPEED_TIME, number: settings.stallSeconds)
    set(CURLOPT_TCP_KEEPALIVE, number: 1)
    if request.usesNetrc {
      set(CURLOPT_NETRC, number: Int(CURL_NETRC_OPTIONAL.rawValue))
      if let file = settings.environment["NETRC"] { set(CURLOPT_NETRC_FILE, file) }
    }
    if request.bypassesProxies { set(CURLOPT_NOPROXY, "*") }
    if request.decodesBody { set(CURLOPT_ACCEPT_ENCODING, "identity") }
    // What the command curl takes from the environment, and its library does not.
    if let bundle = settings.environment["CURL_CA_BUNDLE"] ?? settings.environment["SSL_CERT_FILE"]
    {
      set(CURLOPT_CAINFO, bundle)
    } else if let folder = settings.environment["SSL_CERT_DIR"] {
      set(CURLOPT_CAPATH, folder)
    }
    switch request.method {
    case "GET": break
    case "HEAD": set(CURLOPT_NOBODY, number: 1)
    default: set(CURLOPT_CUSTOMREQUEST, request.method)
    }
    if let body = request.body {
      var functions = unsafe library.functions
      _ = unsafe ova_curl_set_size(
        &functions, easy, CURLOPT_POSTFIELDSIZE_LARGE, Int64(body.count))
      unsafe body.withUnsafeBytes { bytes in
        var none: UInt8 = 0
        unsafe withUnsafeMutablePointer(to: &none) { empty in
          let start = unsafe bytes.baseAddress ?? UnsafeRawPointer(empty)
          unsafe set(CURLOPT_COPYPOSTFIELDS, pointer: UnsafeMutableRawPointer(mutating: start))
        }
      }
    }
    let context = unsafe Unmanaged.passUnretained(self).toOpaque()
    unsafe set(CURLOPT_HEADERDATA, pointer: context)
    unsafe set(CURLOPT_WRITEDATA, pointer: context)
    var functions = unsafe library.functions
    _ = unsafe ova_curl_set_taker(&functions, easy, CURLOPT_HEADERFUNCTION) {
      unsafe Connection.of($3)?.takeLine($0, $1 &* $2) ?? 0
    }
    _ = unsafe ova_curl_set_taker(&functions, easy, CURLOPT_WRITEFUNCTION) {
      unsafe Connection.of($3)?.takeBody($0, $1 &* $2) ?? 0
    }
  }

  private func set(_ option: CURLoption, _ text: String) {
    var functions = unsafe library.functions
    _ = unsafe ova_curl_set_text(&functions, easy, option, text)
  }

  private func set(_ option: CURLoption, number: Int) {
    var functions = unsafe library.functions
    _ = unsafe ova_curl_set_number(&functions, easy, option, number)
  }

  private func set(_ option: CURLoption, pointer: UnsafeMutableRawPointer?) {
    var functions = unsafe library.functions
    _ = unsafe ova_curl_set_pointer(&functions, easy, option, pointer)
  }

  // MARK: Callbacks

  private static func of(_ pointer: UnsafeMutableRawPointer?) -> Connection? {
    unsafe pointer.map { unsafe Unmanaged<Connection>.fromOpaque($0).takeUnretainedValue() }
  }

  private func takeLine(_ start: UnsafeMutablePointer<CChar>?, _ count: Int) -> Int {
    var line = unsafe Array(UnsafeRawBufferPointer(start: start, count: count))
    while let last = line.last, last == 0x0A || last == 0x0D { line.removeLast() }
    return inbox.withLock { inbox in
      inbox.lineBytes += count
      guard inbox.lineBytes <= Self.mostHeadBytes else { return 0 }
      if line.starts(with: Array("HTTP/".utf8)) { inbox.lines = [] }
      if line.isEmpty {
        // Interim answers come before the one that counts; trailers come behind it.
        if inbox.head == nil, let head = HTTPHead(inbox.lines), head.status >= 200 {
          inbox.head = head
        }
      } else {
        inbox.lines.append(line)
      }
      return count
    }
  }

  private func takeBody(_ start: UnsafeMutablePointer<CChar>?, _ count: Int) -> Int {
    let bytes = unsafe UnsafeRawBufferPointer(start: start, count: count)
    return inbox.withLock { inbox in
      unsafe inbox.body.append(contentsOf: bytes)
      inbox.received += UInt64(count)
      return count
    }
  }
}

import Foundation
import Glibc
import Synchronization

/// A web server on a port of this machine that answers as a test wants it to, faults among it, and
/// counts what it was asked.
public final class WebServer: Sendable {
  /// A request.
  public struct Request: Sendable {
    public let method: String
    /// Path and query as they were sent.
    public let target: String
    /// Names are in lower case.
    public let fields: [String: String]
    /// Its number, from 0.
    public let number: Int

    public init(method: String, target: String, fields: [String: String], number: Int) {
      self.method = method
      self.target = target
      self.fields = fields
      self.number = number
    }

    /// The range that is asked for: first and last byte.
    public var range: ClosedRange<UInt64>? {
      guard let text = fields["range"], text.hasPrefix("bytes=") else { return nil }
      let ends = text.dropFirst(6).split(separator: "-").compactMap { UInt64($0) }
      return ends.count == 2 && ends[0] <= ends[1] ? ends[0]...ends[1] : nil
    }
  }

  /// An answer.
  public struct Answer: Sendable {
    public var status = 200
    public var fields: [(name: String, value: String)] = []
    public var body: [UInt8] = []
    /// The length that the head tells; that of the body unless set, and none where negative.
    public var length: Int?
    /// The connection is cut behind so many bytes of the body.
    public var cut: Int?
    /// So many bytes are sent at a time, a moment after each other.
    public var drip: Int?
    /// The protocol of the status line.
    public var version = "HTTP/1.1"

    public init(_ status: Int = 200, _ fields: [(String, String)] = [], body: [UInt8] = []) {
      self.status = status
      self.fields = fields
      self.body = body
    }
  }

  /// The port.
  public let port: Int
  private let listener: Int32
  private let state = Mutex(State())
  private let answer: @Sendable (Request) -> Answer

  private struct State {
    var requests: [Request] = []
    var bytes: UInt64 = 0
  }

  /// Starts a server.
  /// - Parameters:
  ///   - loopback: the IPv4 address of this machine that it listens at.
  ///   - answer: what a request is answered with.
  public init(
    loopback: String = "127.0.0.1", _ answer: @escaping @Sendable (Request) -> Answer
  ) throws {
    self.answer = answer
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = inet_addr(loopback)
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, length) == 0 && listen(descriptor, 64) == 0
          && getsockname(descriptor, $0, &length) == 0
      }
    }
    guard isBound else { throw CocoaError(.fileWriteUnknown) }
    listener = descriptor
    port = Int(UInt16(bigEndian: address.sin_port))
    let server = WeakServer(self)
    Thread.detachNewThread {
      while true {
        let connection = accept(descriptor, nil, nil)
        guard connection >= 0 else { return }
        Thread.detachNewThread {
          while let server = server.server, server.serve(connection) {}
          close(connection)
        }
      }
    }
  }

  deinit {
    shutdown(listener, Int32(SHUT_RDWR))
    close(listener)
  }

  /// The server, as long as a test has it.
  private final class WeakServer: Sendable {
    private let held: @Sendable () -> WebServer?
    init(_ server: WebServer) { held = { [weak server] in server } }
    var server: WebServer? { held() }
  }

  /// The URL of a path on it.
  public func url(_ path: String) -> String { "http://127.0.0.1:\(port)/\(path)" }

  /// The requests so far.
  public var requests: [Request] { state.withLock { $0.requests } }

  /// Bytes of bodies that were sent so far.
  public var bytes: UInt64 { state.withLock { $0.bytes } }

  /// Clears the recorded requests.
  public func reset() { state.withLock { $0 = State() } }

  private func serve(_ connection: Int32) -> Bool {
    var head: [UInt8] = []
    var byte: UInt8 = 0
    while !head.suffix(4).elementsEqual("\r\n\r\n".utf8) {
      guard recv(connection, &byte, 1, 0) == 1 else { return false }
      head.append(byte)
    }
    let lines = String(decoding: head, as: UTF8.self).components(separatedBy: "\r\n")
    let words = lines[0].split(separator: " ")
    guard words.count == 3 else { return false }
    var fields: [String: String] = [:]
    for line in lines.dropFirst() {
      guard let colon = line.firstIndex(of: ":") else { continue }
      fields[line[..<colon].lowercased()] = line[line.index(after: colon)...]
        .trimmingCharacters(in: .whitespaces)
    }
    // A body is read and let go.
    for _ in 0..<(fields["content-length"].flatMap { Int($0) } ?? 0) {
      guard recv(connection, &byte, 1, 0) == 1 else { return false }
    }
    let request = state.withLock { state in
      let request = Request(
        method: String(words[0]), target: String(words[1]), fields: fields,
        number: state.requests.count)
      state.requests.append(request)
      return request
    }
    return send(answer(request), to: connection, isHead: words[0] == "HEAD")
  }

  private func send(_ answer: Answer, to connection: Int32, isHead: Bool) -> Bool {
    var head = "\(answer.version) \(answer.status) Status\r\n"
    for field in answer.fields { head += "\(field.name): \(field.value)\r\n" }
    let length = answer.length ?? answer.body.count
    if length >= 0 { head += "Content-Length: \(length)\r\n" }
    let isLast = length < 0 || answer.cut != nil || answer.version == "HTTP/1.0"
    if isLast { head += "Connection: close\r\n" }
    guard send(Array(head.utf8) + [13, 10], to: connection) else { return false }
    if isHead { return !isLast }
    var rest = answer.body.prefix(answer.cut ?? .max)[...]
    while !rest.isEmpty {
      let piece = rest.prefix(answer.drip ?? 64 << 10)
      rest = rest.dropFirst(piece.count)
      // Before they are sent, so that who has received them finds them counted.
      state.withLock { $0.bytes += UInt64(piece.count) }
      guard send(Array(piece), to: connection) else { return false }
      if answer.drip != nil { usleep(1000) }
    }
    return !isLast
  }

  private func send(_ bytes: [UInt8], to connection: Int32) -> Bool {
    var done = 0
    while done < bytes.count {
      let count = bytes[done...].withUnsafeBytes {
        Glibc.send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return false }
      done += count
    }
    return true
  }
}

import Foundation
import Glibc

/// A client that sends bytes as they are, and says what came back.
struct WireClient: ~Copyable {
  private let socket: Int32

  /// Connects to a port of this machine.
  init(port: Int) throws {
    let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(port).bigEndian
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    let result = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard result == 0 else {
      close(socket)
      throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO)
    }
    self.socket = socket
  }

  deinit { close(socket) }

  /// Sends text; false when the other side is gone.
  @discardableResult
  func send(_ text: String) -> Bool {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes {
        Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return false }
      bytes = bytes.dropFirst(count)
    }
    return true
  }

  /// Says that nothing more will be sent.
  func finish() { shutdown(socket, Int32(SHUT_WR)) }

  /// The data that came within a time.
  struct Received {
    var text = ""
    /// True if the other side ended the connection.
    var isEnded = false
    /// The time until the end, or until enough was there.
    var time = Duration.zero

    /// The status of the first answer; nil for none.
    var status: Int? { text.split(separator: " ").dropFirst().first.flatMap { Int($0) } }
    /// The statuses of all answers.
    var statuses: [Int] {
      text.matches(of: /HTTP\/1\.1 (\d\d\d)/).compactMap { Int($0.1) }
    }
  }

  /// Receives until the other side ends, `enough` says so, or the time is up.
  func receive(
    within seconds: Double = 10, until enough: (String) -> Bool = { _ in false }
  ) -> Received {
    let start = ContinuousClock.now
    var received = Received()
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while ContinuousClock.now - start < .seconds(seconds) {
      var poll = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
      guard Glibc.poll(&poll, 1, 50) > 0 else { continue }
      let count = recv(socket, &buffer, buffer.count, 0)
      guard count > 0 else {
        received.isEnded = true
        break
      }
      bytes += buffer.prefix(count)
      if enough(String(decoding: bytes, as: UTF8.self)) { break }
    }
    received.text = String(decoding: bytes, as: UTF8.self)
    received.time = ContinuousClock.now - start
    return received
  }
}

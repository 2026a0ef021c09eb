import Glibc

/// Messages over a connected pair of sockets: four bytes with the length, least significant first,
/// and the message.
struct MessageChannel: Sendable {
  /// Bytes of one message; more is taken for an attack.
  static let longestMessage = 256 << 20

  /// The outcome of sending or receiving.
  enum Outcome<Value> {
    case done(Value)
    /// The other side is gone, or sends what is no message.
    case ended
    /// `isCancelled` said so first.
    case cancelled
  }

  let descriptor: Int32
  /// True if `send` may be used, which raises no signal; a confined process may only `write`.
  let usesSend: Bool

  /// Sends a message; false when the other side is gone or the message is too long.
  func send(_ message: [UInt8]) -> Bool {
    guard message.count <= Self.longestMessage else { return false }
    let count = UInt32(message.count)
    var framed: [UInt8] = []
    framed.reserveCapacity(message.count + 4)
    for shift in [0, 8, 16, 24] as [UInt32] {
      framed.append(UInt8(truncatingIfNeeded: count >> shift))
    }
    framed += message
    return unsafe framed.withUnsafeBytes { bytes in
      var sent = 0
      while sent < bytes.count {
        guard let start = bytes.baseAddress else { return true }
        let count =
          usesSend
          ? unsafe Glibc.send(
            descriptor, start + sent, bytes.count - sent, Int32(MSG_NOSIGNAL))
          : unsafe Glibc.write(descriptor, start + sent, bytes.count - sent)
        if count > 0 {
          sent += count
        } else if errno != EINTR {
          return false
        }
      }
      return true
    }
  }

  /// Receives a message, waiting as long as it takes.
  /// - Parameter isCancelled: asked a few times a second.
  func receive(isCancelled: () -> Bool = { false }) -> Outcome<[UInt8]> {
    switch bytes(4, isCancelled) {
    case .done(let head):
      let count = head.reversed().reduce(0) { $0 << 8 | Int($1) }
      return count <= Self.longestMessage ? bytes(count, isCancelled) : .ended
    case let other: return other
    }
  }

  private func bytes(_ wanted: Int, _ isCancelled: () -> Bool) -> Outcome<[UInt8]> {
    // Grows with what comes: a length alone must not take memory.
    var result: [UInt8] = []
    while result.count < wanted {
      var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      let ready = unsafe poll(&waiting, 1, 100)
      if isCancelled() { return .cancelled }
      guard ready > 0 else {
        if ready < 0, errno != EINTR { return .ended }
        continue
      }
      var count = 0
      let piece = unsafe [UInt8](
        unsafeUninitializedCapacity: min(wanted - result.count, 1 << 18)
      ) { buffer, initialized in
        count = unsafe Glibc.read(descriptor, buffer.baseAddress, buffer.count)
        initialized = max(0, count)
      }
      if count == 0 || count < 0 && errno != EINTR { return .ended }
      result += piece
    }
    return .done(result)
  }
}

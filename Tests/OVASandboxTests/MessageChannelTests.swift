import Glibc
import OVABasics
import Testing

@testable import OVASandbox

/// Both ends of a channel.
private final class Pair {
  let left: MessageChannel
  let right: MessageChannel

  init() throws {
    var pair: [Int32] = [-1, -1]
    try #require(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &pair) == 0)
    left = MessageChannel(descriptor: pair[0], usesSend: true)
    right = MessageChannel(descriptor: pair[1], usesSend: false)
  }

  func closeLeft() { close(left.descriptor) }

  deinit {
    close(right.descriptor)
  }
}

@Suite struct MessageChannelTests {
  private func received(_ outcome: MessageChannel.Outcome<[UInt8]>) -> [UInt8]? {
    guard case .done(let message) = outcome else { return nil }
    return message
  }

  @Test(arguments: [0, 1, 4, 70_000])
  func `a message arrives as it was sent`(count: Int) throws {
    let pair = try Pair()
    defer { pair.closeLeft() }
    let message = (0..<count).map { UInt8(truncatingIfNeeded: $0) }
    #expect(pair.left.send(message))
    #expect(pair.left.send([7]))
    #expect(received(pair.right.receive()) == message)
    #expect(received(pair.right.receive()) == [7])
    #expect(pair.right.send([1, 2]))
    #expect(received(pair.left.receive()) == [1, 2])
  }

  @Test(arguments: [[], [1, 0], [2, 0, 0, 0, 1], [0xFF, 0xFF, 0xFF, 0xFF]] as [[UInt8]])
  func `what is no message ends the conversation`(bytes: [UInt8]) throws {
    let pair = try Pair()
    #expect(write(pair.left.descriptor, bytes, bytes.count) == bytes.count)
    // A length beyond all measure is refused at once, and waits for nothing.
    if bytes.count != 4 { pair.closeLeft() }
    guard case .ended = pair.right.receive() else {
      Issue.record("\(bytes) was taken for a message")
      return
    }
    if bytes.count == 4 { pair.closeLeft() }
  }

  @Test func `sending to nobody fails and does not end the process`() throws {
    var pair: [Int32] = [-1, -1]
    try #require(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &pair) == 0)
    close(pair[1])
    #expect(!MessageChannel(descriptor: pair[0], usesSend: true).send([1]))
    close(pair[0])
  }

  @Test func `waiting for a message can be cancelled`() throws {
    let pair = try Pair()
    defer { pair.closeLeft() }
    guard case .cancelled = pair.right.receive(isCancelled: { true }) else {
      Issue.record("nothing was sent, and nobody cancelled")
      return
    }
  }
}

@Suite struct WorkerStartTests {
  @Test(arguments: ["/no/such/program", "/bin/true"])
  func `a program that is no worker is an error with the cause`(path: String) throws {
    let error = #expect(throws: SandboxError.self) {
      try Worker(WorkerProgram(path: path), role: "scan", confinement: Confinement(readable: []))
    }
    #expect(error?.code == .notStarted)
    #expect(
      error?.reason
        == (path == "/bin/true"
          ? "it ended before it was confined" : "No such file or directory"))
  }
}

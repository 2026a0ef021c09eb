package import NIOCore

/// The life of one HTTP/1.1 connection, as a state machine without a socket: events go in, and what
/// is to be done comes out.
///
/// Requests are answered in their order, while later ones may have come already. After a request
/// that ends the connection, one that cannot be parsed, or a body over the limit, no further input
/// counts. The output is closed then, and the socket once the client has closed its side or
/// ``ConnectionLimits/lingerTimeout`` is over: closing a socket with unread input resets the
/// connection, and the client would lose the response.
package struct ConnectionState: Hashable, Sendable {
  /// The fate of the connection after a response.
  package enum Ending: Hashable, Sendable {
    /// It is kept open, the default of HTTP/1.1.
    case stays
    /// It is kept open, and the response says so, for a client of HTTP/1.0.
    case staysAsTold
    /// It is closed.
    case closes
  }

  /// An event on the connection.
  package enum Event: Hashable, Sendable {
    /// The connection is there.
    case opened
    /// The head of a request; `awaited` is the length of the body when the client waits for a
    /// `100 Continue` before it sends that.
    case head(Ending, awaited: Int?)
    /// So many bytes of a request's body.
    case body(Int)
    /// The end of a request.
    case end
    /// Input that is no valid HTTP, or that is refused whatever it asks for.
    case invalid
    /// The client has closed its side.
    case inputClosed
    /// The server shuts down.
    case stopping
    /// The head of a response.
    case responseHead
    /// The end of a response, which is not written yet.
    case responseEnd
    /// The end of a response is written.
    case responseWritten
    /// A deadline may have passed.
    case timer
    /// The connection is gone.
    case closed
  }

  /// An action that the handler carries out. Whatever an event brought is dropped unless it is passed on.
  package enum Action: Hashable, Sendable {
    /// Hand on what the event brought.
    case pass
    /// Tell the client that it may send the body.
    case sendContinue
    /// Answer the invalid input with an error of the connection's own.
    case refuse
    /// Say in the head of the response that the connection closes.
    case markClose
    /// Say in the head of the response that the connection stays.
    case markKeepAlive
    /// Close the output, so that the client sees the end of the responses.
    case closeOutput
    /// Close the socket.
    case close
  }

  /// The state of the input.
  private enum Input: Hashable {
    /// The head of the next request.
    case head
    /// The body of a request, of which so many bytes have come.
    case body(Int)
    /// Nothing more: the connection ends with the responses that are still to come.
    case nothing
  }

  /// The state of the connection's end.
  private enum Phase: Int, Comparable {
    case serving
    /// The server shuts down: the connection closes once it has nothing to answer.
    case stopping
    /// The output is closed.
    case lingering
    /// The socket is closed, or about to be.
    case closed

    static func < (a: Phase, b: Phase) -> Bool { a.rawValue < b.rawValue }
  }

  private let limits: ConnectionLimits
  private var input = Input.head
  private var phase = Phase.serving
  private var isInputClosed = false
  /// The requests without a response, in their order.
  private var unanswered: [Ending] = []
  /// The requests whose responses are still being written, in their order.
  private var writing: [Ending] = []
  /// The time at which the request, or the next one, must have arrived; nil while none is expected.
  private var readDeadline: NIODeadline?
  /// The time at which the client must have read the response.
  private var writeDeadline: NIODeadline?

  package init(limits: ConnectionLimits) { self.limits = limits }

  /// The time at which the next ``Event/timer`` is due; nil while there is nothing to wait for.
  package var deadline: NIODeadline? {
    switch (readDeadline, writeDeadline) {
    case (let read?, let write?): min(read, write)
    case (let read, let write): read ?? write
    }
  }

  /// Takes an event, and returns what is to be done, in this order.
  package mutating func handle(_ event: Event, at now: NIODeadline) -> [Action] {
    switch event {
    case .opened:
      readDeadline = now + limits.request
      return []
    case .head(let ending, let awaited): return head(ending, awaited: awaited, at: now)
    case .body(let bytes): return body(bytes, at: now)
    case .end: return end(at: now)
    case .invalid: return invalid(at: now)
    case .inputClosed:
      isInputClosed = true
      return [.pass] + (isAnswered ? close() : [])
    case .stopping: return stop(at: now)
    case .responseHead: return responseHead(at: now)
    case .responseEnd:
      writing.append(unanswered.isEmpty ? .closes : unanswered.removeFirst())
      // The end of the response before it has taken the deadline away.
      if phase < .lingering, writeDeadline == nil { writeDeadline = now + limits.idle }
      return [.pass]
    case .responseWritten: return responseWritten(at: now)
    case .timer:
      guard let deadline, deadline <= now else { return [] }
      return close()
    case .closed: return close()
    }
  }

  /// True if every request has its response, written to the end.
  private var isAnswered: Bool { unanswered.isEmpty && writing.isEmpty }

  // MARK: Requests

  private mutating func head(_ ending: Ending, awaited: Int?, at now: NIODeadline) -> [Action] {
    guard input != .nothing else { return [] }
    input = .body(0)
    unanswered.append(ending)
    readDeadline = now + limits.request
    // A body that is too long is refused before it is sent.
    guard let awaited, unanswered.count == 1, awaited <= limits.bodyBytes else { return [.pass] }
    return [.sendContinue, .pass]
  }

  private mutating func body(_ bytes: Int, at now: NIODeadline) -> [Action] {
    guard case .body(let count) = input else { return [] }
    guard count + bytes > limits.bodyBytes else {
      input = .body(count + bytes)
      return [.pass]
    }
    // Passed on all the same, so that the reader of the body sees that it is too long. An endpoint
    // that reads no body has responded already.
    return [.pass] + (endInput() ? [] : finish(at: now))
  }

  private mutating func end(at now: NIODeadline) -> [Action] {
    guard input != .nothing else { return [] }
    readDeadline = nil
    // What follows a request that ends the connection is not answered, so that it is not done either.
    input = (unanswered.last ?? writing.last) == .closes ? .nothing : .head
    return [.pass] + (unanswered.isEmpty ? rest(at: now) : [])
  }

  private mutating func invalid(at now: NIODeadline) -> [Action] {
    let wasHead = input == .head
    guard input != .nothing else { return [] }
    if endInput() {
      // The reader of a body gets the error, and responds. What follows a whole request is answered
      // by nothing but the end, after the responses before it.
      return wasHead ? [] : [.pass]
    }
    // The response to a request that is half read was sent before its body had come.
    guard wasHead else { return finish(at: now) }
    writing.append(.closes)
    writeDeadline = now + limits.idle
    return [.refuse]
  }

  /// Ends the input: the last request that is still to be answered closes the connection.
  /// - Returns: whether there is one.
  private mutating func endInput() -> Bool {
    input = .nothing
    readDeadline = nil
    guard !unanswered.isEmpty else { return false }
    unanswered[unanswered.count - 1] = .closes
    return true
  }

  private mutating func stop(at now: NIODeadline) -> [Action] {
    guard phase == .serving else { return [] }
    phase = .stopping
    guard unanswered.isEmpty, input == .head else { return [] }
    return writing.isEmpty ? close() : finish(at: now)
  }

  // MARK: Responses

  private mutating func responseHead(at now: NIODeadline) -> [Action] {
    if phase < .lingering { writeDeadline = now + limits.idle }
    if phase == .stopping, unanswered.count == 1 {
      unanswered[0] = .closes
      if input == .head { input = .nothing }
    }
    switch unanswered.first {
    case .closes, nil: return [.markClose, .pass]
    case .staysAsTold: return [.markKeepAlive, .pass]
    case .stays: return [.pass]
    }
  }

  private mutating func responseWritten(at now: NIODeadline) -> [Action] {
    guard !writing.isEmpty else { return [] }
    let ending = writing.removeFirst()
    if writing.isEmpty { writeDeadline = nil }
    guard phase < .lingering else { return [] }
    if ending == .closes { return closeOutput(at: now) }
    guard isAnswered else { return [] }
    // A client that closed its side and has all its responses needs the connection no longer.
    if isInputClosed { return close() }
    return input == .head ? rest(at: now) : []
  }

  // MARK: The end

  /// Waits for the next request, or closes when the server stops.
  private mutating func rest(at now: NIODeadline) -> [Action] {
    if phase == .stopping { return finish(at: now) }
    readDeadline = now + limits.idle
    return []
  }

  /// Closes the output once the last response is written.
  private mutating func finish(at now: NIODeadline) -> [Action] {
    guard writing.isEmpty else {
      input = .nothing
      readDeadline = nil
      writing[writing.count - 1] = .closes
      return []
    }
    return closeOutput(at: now)
  }

  private mutating func closeOutput(at now: NIODeadline) -> [Action] {
    guard !isInputClosed else { return close() }
    guard phase < .lingering else { return [] }
    input = .nothing
    phase = .lingering
    writeDeadline = nil
    readDeadline = now + limits.lingerTimeout
    return [.closeOutput]
  }

  private mutating func close() -> [Action] {
    defer { phase = .closed }
    input = .nothing
    readDeadline = nil
    writeDeadline = nil
    return phase == .closed ? [] : [.close]
  }
}

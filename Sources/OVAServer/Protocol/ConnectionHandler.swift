import HTTPTypes
package import NIOCore
package import NIOHTTP1
import OVAConfiguration

/// Limits on the time of a connection and the size of a body.
package struct ConnectionLimits: Sendable {
  /// From the start of a connection, or from a request's head, until the head or the body is there.
  package var request: TimeAmount
  /// Between two requests; and for taking an answer.
  package var idle: TimeAmount
  /// After the end of the output, until the client closes its side.
  package var lingerTimeout = TimeAmount.seconds(2)
  /// Bytes of a body.
  package var bodyBytes: Int

  package init(request: TimeAmount, idle: TimeAmount, bodyBytes: Int) {
    self.request = request
    self.idle = idle
    self.bodyBytes = bodyBytes
  }

  init(_ limits: ServerLimits) {
    self.init(
      request: .seconds(Int64(limits.requestSeconds)), idle: .seconds(Int64(limits.idleSeconds)),
      bodyBytes: limits.bodyBytes)
  }
}

/// Enforces the limits and the life cycle of one HTTP/1.1 connection.
///
/// Closes connections that are too slow; answers `Expect: 100-continue`; answers requests that cannot
/// be parsed with an error in JSON; closes connections of HTTP/1.0 clients that do not ask to keep
/// them; and, when the server stops, closes after the requests in progress were answered.
package final class ConnectionHandler: ChannelDuplexHandler {
  package typealias InboundIn = HTTPServerRequestPart
  package typealias InboundOut = HTTPServerRequestPart
  package typealias OutboundIn = HTTPServerResponsePart
  package typealias OutboundOut = HTTPServerResponsePart

  /// How the connection goes on after a response.
  private enum Ending {
    /// It is kept open, the default of HTTP/1.1.
    case stays
    /// It is kept open, and the response says so, for a client of HTTP/1.0.
    case staysAsTold
    /// It is closed.
    case closes
  }

  private let bounds: ConnectionLimits
  /// The requests without a response yet, in their order.
  private var open: [Ending] = []
  /// Whether a request's body is still to come.
  private var isReading = false
  private var bodyBytes = 0
  /// Whether further input is dropped, since the connection is about to close.
  private var discardsInput = false
  /// Whether the client has closed its side.
  private var isInputClosed = false
  /// Whether the server is shutting down.
  private var isStopping = false
  /// When the request, or the next one, must have arrived; nil while none is expected.
  private var readLimit: NIODeadline?
  /// When the client must have read the response.
  private var answerLimit: NIODeadline?
  /// Checks both limits periodically: one timer for each request would cost more.
  private var watchdog: Scheduled<Void>?

  package init(bounds: ConnectionLimits) { self.bounds = bounds }

  // MARK: Time

  package func handlerAdded(context: ChannelHandlerContext) {
    if context.channel.isActive { wait(bounds.request, context) }
  }

  package func channelActive(context: ChannelHandlerContext) {
    wait(bounds.request, context)
    context.fireChannelActive()
  }

  package func channelInactive(context: ChannelHandlerContext) {
    stopWaiting()
    context.fireChannelInactive()
  }

  package func handlerRemoved(context: ChannelHandlerContext) { stopWaiting() }

  private func wait(_ time: TimeAmount, _ context: ChannelHandlerContext) {
    readLimit = .now() + time
    watch(context)
  }

  /// Schedules the next check. Only the linger timeout is shorter than the time between two checks.
  private func watch(_ context: ChannelHandlerContext) {
    guard watchdog == nil, let limit = [readLimit, answerLimit].compactMap(\.self).min() else {
      return
    }
    let next = min(limit, .now() + bounds.request)
    watchdog = context.eventLoop.assumeIsolated().scheduleTask(deadline: next) { [self] in
      watchdog = nil
      let now = NIODeadline.now()
      if [readLimit, answerLimit].contains(where: { $0.map { $0 <= now } ?? false }) {
        context.close(promise: nil)
      } else {
        watch(context)
      }
    }
  }

  private func stopWaiting() {
    readLimit = nil
    answerLimit = nil
    watchdog?.cancel()
    watchdog = nil
  }

  // MARK: Requests

  package func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard !discardsInput else { return }
    switch unwrapInboundIn(data) {
    case .head(let head):
      if let problem = HeadRules.problem(head) {
        refuse(problem, context)
        return
      }
      isReading = true
      bodyBytes = 0
      open.append(Self.ending(of: head))
      wait(bounds.request, context)
      if expectsContinue(head) {
        context.writeAndFlush(
          wrapOutboundOut(.head(HTTPResponseHead(version: .http1_1, status: .continue))),
          promise: nil)
      }
    case .body(let bytes):
      bodyBytes += bytes.readableBytes
      if bodyBytes > bounds.bodyBytes {
        // Passed on all the same, so that the reader of the body sees that it is too long.
        discardsInput = true
        if !open.isEmpty { open[open.count - 1] = .closes }
        // A handler that does not read the body has responded already.
        if open.isEmpty { closeGracefully(context) }
      }
    case .end:
      isReading = false
      readLimit = nil
      if open.isEmpty { becomeIdle(context) }
    }
    context.fireChannelRead(data)
  }

  /// Waits for the next request, or closes when the server stops.
  private func becomeIdle(_ context: ChannelHandlerContext) {
    if isStopping { closeGracefully(context) } else { wait(bounds.idle, context) }
  }

  private static func ending(of head: HTTPRequestHead) -> Ending {
    let isOld = head.version != .http1_1
    let isKept = head.isKeepAlive
    return isKept ? (isOld ? .staysAsTold : .stays) : .closes
  }

  /// Whether the client waits for a `100 Continue` before it sends the body.
  private func expectsContinue(_ head: HTTPRequestHead) -> Bool {
    guard head.version == .http1_1, open.count == 1,
      head.headers[canonicalForm: "expect"].contains(where: { $0.lowercased() == "100-continue" })
    else { return false }
    let length = head.headers.first(name: "content-length").flatMap { Int($0) } ?? 0
    return length <= bounds.bodyBytes
  }

  package func errorCaught(context: ChannelHandlerContext, error: any Error) {
    guard let problem = (error as? HTTPParserError).map(Self.problem) else {
      context.fireErrorCaught(error)
      return
    }
    guard !discardsInput else { return }
    if isReading {
      discardsInput = true
      if open.isEmpty {
        // The response was sent before the body had arrived.
        closeGracefully(context)
      } else {
        // The reader of the body gets the error, and responds.
        open[open.count - 1] = .closes
        context.fireErrorCaught(error)
      }
      return
    }
    refuse(problem, context)
  }

  /// Responds to what cannot be parsed and closes the connection, since it is not known where the
  /// next request begins.
  private func refuse(_ problem: Problem, _ context: ChannelHandlerContext) {
    discardsInput = true
    guard open.isEmpty else {
      // The requests before it are answered first.
      open[open.count - 1] = .closes
      return
    }
    stopWaiting()
    let head = HTTPResponseHead(
      version: .http1_1, status: HTTPResponseStatus(statusCode: problem.status.code),
      headers: [
        "content-type": "application/json", "content-length": "\(problem.body.count)",
        "x-content-type-options": "nosniff",
        "connection": "close",
      ])
    context.write(wrapOutboundOut(.head(head)), promise: nil)
    context.write(
      wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: problem.body)))), promise: nil)
    context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    closeGracefully(context)
  }

  private static func problem(_ error: HTTPParserError) -> Problem {
    switch error {
    case .headerOverflow:
      Problem(status: .requestHeaderFieldsTooLarge, message: "the request's head is too long")
    case .invalidVersion:
      Problem(status: .badRequest, message: "the version of HTTP is not supported")
    default: Problem(status: .badRequest, message: "the request is not valid HTTP")
    }
  }

  // MARK: Answers

  package func write(
    context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?
  ) {
    switch unwrapOutboundIn(data) {
    case .head(var head):
      answerLimit = .now() + bounds.idle
      watch(context)
      if isStopping, open.count == 1 { open[0] = .closes }
      switch open.first {
      case .closes, nil: head.headers.replaceOrAdd(name: "connection", value: "close")
      case .staysAsTold: head.headers.replaceOrAdd(name: "connection", value: "keep-alive")
      case .stays: break
      }
      context.write(wrapOutboundOut(.head(head)), promise: promise)
    case .body: context.write(data, promise: promise)
    case .end:
      let written = promise ?? context.eventLoop.makePromise(of: Void.self)
      let ending = open.isEmpty ? Ending.closes : open.removeFirst()
      written.futureResult.assumeIsolated().whenComplete { [self] _ in
        answerLimit = nil
        if case .closes = ending {
          closeGracefully(context)
        } else if open.isEmpty, !isReading {
          becomeIdle(context)
        }
      }
      context.writeAndFlush(data, promise: written)
    }
  }

  /// Closes the output first and the socket later: closing a socket with unread input resets the
  /// connection, and the client would lose the response.
  private func closeGracefully(_ context: ChannelHandlerContext) {
    discardsInput = true
    stopWaiting()
    guard context.channel.isActive else { return }
    guard !isInputClosed else {
      context.close(promise: nil)
      return
    }
    context.close(mode: .output, promise: nil)
    wait(bounds.lingerTimeout, context)
  }

  package func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if event is ChannelShouldQuiesceEvent {
      isStopping = true
      if open.isEmpty, !isReading { context.close(promise: nil) }
      return
    }
    context.fireUserInboundEventTriggered(event)
    // A client that closed its side and has all its responses needs the connection no longer.
    if let event = event as? ChannelEvent, event == .inputClosed {
      isInputClosed = true
      if open.isEmpty { context.close(promise: nil) }
    }
  }
}

@available(*, unavailable)
extension ConnectionHandler: Sendable {}

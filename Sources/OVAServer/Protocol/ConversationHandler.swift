import HTTPTypes
package import NIOCore
package import NIOHTTP1
import OVAConfiguration

/// How long a client may take and how much it may send.
package struct ConversationBounds: Sendable {
  /// From the start of a connection, or from a request's head, until the head or the body is there.
  package var request: TimeAmount
  /// Between two requests; and for taking an answer.
  package var idle: TimeAmount
  /// For taking notice that the connection ends.
  package var farewell = TimeAmount.seconds(2)
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

/// One connection's manners: a client that dawdles is cut off, one that waits to be told that it may
/// send its body is told so, one that cannot be understood is answered in words, an old one gets
/// its connection closed; and at the end of the server what was asked is answered first.
package final class ConversationHandler: ChannelDuplexHandler {
  package typealias InboundIn = HTTPServerRequestPart
  package typealias InboundOut = HTTPServerRequestPart
  package typealias OutboundIn = HTTPServerResponsePart
  package typealias OutboundOut = HTTPServerResponsePart

  /// What follows an answer.
  private enum Ending {
    /// The next request, as HTTP/1.1 has it.
    case stays
    /// The next request, which an old client wants to be told.
    case staysAsTold
    /// The end of the connection.
    case closes
  }

  private let bounds: ConversationBounds
  /// The requests that are not answered yet, in their order.
  private var open: [Ending] = []
  /// Whether a request's body is still to come.
  private var isReading = false
  private var bodyBytes = 0
  /// Whether what still comes is of no account.
  private var isDeaf = false
  /// Whether the client has said all that it will.
  private var isInputClosed = false
  /// Whether the server ends.
  private var isStopping = false
  /// When a request, or the next one, must be there; nil while nothing is waited for.
  private var readLimit: NIODeadline?
  /// When an answer must be taken.
  private var answerLimit: NIODeadline?
  /// Looks at both limits now and then: setting an alarm for each would cost at every request.
  private var watchdog: Scheduled<Void>?

  package init(bounds: ConversationBounds) { self.bounds = bounds }

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

  /// No limit is set to less than a look ahead, but for the farewell.
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
    guard !isDeaf else { return }
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
      if expectsWord(head) {
        context.writeAndFlush(
          wrapOutboundOut(.head(HTTPResponseHead(version: .http1_1, status: .continue))),
          promise: nil)
      }
    case .body(let bytes):
      bodyBytes += bytes.readableBytes
      if bodyBytes > bounds.bodyBytes {
        // This much is passed on, so that whoever reads it sees that it is too long.
        isDeaf = true
        if !open.isEmpty { open[open.count - 1] = .closes }
        // Who reads no body has answered already.
        if open.isEmpty { leave(context) }
      }
    case .end:
      isReading = false
      readLimit = nil
      if open.isEmpty { rest(context) }
    }
    context.fireChannelRead(data)
  }

  /// An answered client may be silent for a while.
  private func rest(_ context: ChannelHandlerContext) {
    if isStopping { leave(context) } else { wait(bounds.idle, context) }
  }

  private static func ending(of head: HTTPRequestHead) -> Ending {
    let isOld = head.version != .http1_1
    let isKept = head.isKeepAlive
    return isKept ? (isOld ? .staysAsTold : .stays) : .closes
  }

  /// Whether the client sends its body only when it is told to.
  private func expectsWord(_ head: HTTPRequestHead) -> Bool {
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
    guard !isDeaf else { return }
    if isReading {
      isDeaf = true
      if open.isEmpty {
        // It was answered before its body had come.
        leave(context)
      } else {
        // Who reads the body learns that it is broken, and answers.
        open[open.count - 1] = .closes
        context.fireErrorCaught(error)
      }
      return
    }
    refuse(problem, context)
  }

  /// Answers what cannot be understood, and ends the connection: where the next request begins is
  /// not known.
  private func refuse(_ problem: Problem, _ context: ChannelHandlerContext) {
    isDeaf = true
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
    leave(context)
  }

  private static func problem(_ error: HTTPParserError) -> Problem {
    switch error {
    case .headerOverflow:
      Problem(status: .requestHeaderFieldsTooLarge, message: "the request's head is too long")
    case .invalidVersion:
      Problem(status: .badRequest, message: "the request is of no version of HTTP known here")
    default: Problem(status: .badRequest, message: "the request is no HTTP")
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
          leave(context)
        } else if open.isEmpty, !isReading {
          rest(context)
        }
      }
      context.writeAndFlush(data, promise: written)
    }
  }

  /// Ends the connection so that the client still reads what was written: a socket that is closed
  /// over bytes that nobody read would take the answer back.
  private func leave(_ context: ChannelHandlerContext) {
    isDeaf = true
    stopWaiting()
    guard context.channel.isActive else { return }
    guard !isInputClosed else {
      context.close(promise: nil)
      return
    }
    context.close(mode: .output, promise: nil)
    wait(bounds.farewell, context)
  }

  package func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if event is ChannelShouldQuiesceEvent {
      isStopping = true
      if open.isEmpty, !isReading { context.close(promise: nil) }
      return
    }
    context.fireUserInboundEventTriggered(event)
    // Who has said all and got all has no more business here.
    if let event = event as? ChannelEvent, event == .inputClosed {
      isInputClosed = true
      if open.isEmpty { context.close(promise: nil) }
    }
  }
}

@available(*, unavailable)
extension ConversationHandler: Sendable {}

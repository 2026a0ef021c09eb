import HTTPTypes
package import NIOCore
package import NIOHTTP1
import OVAConfiguration

/// Enforces the limits and the life cycle of one HTTP/1.1 connection.
///
/// Closes connections that are too slow; answers `Expect: 100-continue`; answers requests that cannot
/// be parsed with an error in JSON; closes connections of HTTP/1.0 clients that do not ask to keep
/// them; and, when the server stops, closes after the requests in progress were answered.
/// ``ConnectionState`` decides all of this; here it meets the channel and the clock.
package final class ConnectionHandler: ChannelDuplexHandler {
  package typealias InboundIn = HTTPServerRequestPart
  package typealias InboundOut = HTTPServerRequestPart
  package typealias OutboundIn = HTTPServerResponsePart
  package typealias OutboundOut = HTTPServerResponsePart

  private let limits: ConnectionLimits
  private var state: ConnectionState
  /// The next look at the deadline, and its time.
  private var timer: (task: Scheduled<Void>, time: NIODeadline)?

  package init(limits: ConnectionLimits) {
    self.limits = limits
    state = ConnectionState(limits: limits)
  }

  /// Tells the state of an event, and does what it says; `perform` does what depends on the event.
  private func take(
    _ event: ConnectionState.Event, _ context: ChannelHandlerContext,
    _ perform: (ConnectionState.Action) -> Void = { _ in }
  ) {
    let now = NIODeadline.now()
    for action in state.handle(event, at: now) {
      switch action {
      case .closeOutput: context.close(mode: .output, promise: nil)
      case .close: context.close(promise: nil)
      default: perform(action)
      }
    }
    schedule(context, at: now)
  }

  /// Schedules the next look at the deadline, at the latest when a request could be due: one timer
  /// for each request would cost more.
  private func schedule(_ context: ChannelHandlerContext, at now: NIODeadline) {
    guard let deadline = state.deadline else { return }
    let next = min(deadline, now + limits.request)
    if let timer {
      guard next < timer.time else { return }
      timer.task.cancel()
    }
    let task = context.eventLoop.assumeIsolated().scheduleTask(deadline: next) { [self] in
      timer = nil
      take(.timer, context)
    }
    timer = (task, next)
  }

  // MARK: The channel

  package func handlerAdded(context: ChannelHandlerContext) {
    if context.channel.isActive { take(.opened, context) }
  }

  package func channelActive(context: ChannelHandlerContext) {
    take(.opened, context)
    context.fireChannelActive()
  }

  package func channelInactive(context: ChannelHandlerContext) {
    handlerRemoved(context: context)
    context.fireChannelInactive()
  }

  package func handlerRemoved(context: ChannelHandlerContext) {
    // There is nothing left to close.
    _ = state.handle(.closed, at: .now())
    timer?.task.cancel()
    timer = nil
  }

  package func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if event is ChannelShouldQuiesceEvent {
      take(.stopping, context)
    } else if let channelEvent = event as? ChannelEvent, channelEvent == .inputClosed {
      take(.inputClosed, context) { _ in context.fireUserInboundEventTriggered(event) }
    } else {
      context.fireUserInboundEventTriggered(event)
    }
  }

  // MARK: Requests

  package func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head):
      if let problem = HeadRules.problem(head) {
        take(.invalid, context) { _ in refuse(problem, context) }
        return
      }
      let event = ConnectionState.Event.head(
        Self.ending(of: head), awaited: Self.awaitedBytes(of: head))
      take(event, context) { action in
        if action == .sendContinue {
          let answer = HTTPResponseHead(version: .http1_1, status: .continue)
          context.writeAndFlush(wrapOutboundOut(.head(answer)), promise: nil)
        } else {
          context.fireChannelRead(data)
        }
      }
    case .body(let bytes):
      take(.body(bytes.readableBytes), context) { _ in context.fireChannelRead(data) }
    case .end:
      take(.end, context) { _ in context.fireChannelRead(data) }
    }
  }

  private static func ending(of head: HTTPRequestHead) -> ConnectionState.Ending {
    guard head.isKeepAlive else { return .closes }
    return head.version == .http1_1 ? .stays : .staysAsTold
  }

  /// The length of the body when the client waits for a `100 Continue` before it sends that.
  private static func awaitedBytes(of head: HTTPRequestHead) -> Int? {
    guard head.version == .http1_1,
      head.headers[canonicalForm: "expect"].contains(where: { $0.lowercased() == "100-continue" })
    else { return nil }
    return head.headers.first(name: "content-length").flatMap { Int($0) } ?? 0
  }

  package func errorCaught(context: ChannelHandlerContext, error: any Error) {
    guard let parserError = error as? HTTPParserError else {
      context.fireErrorCaught(error)
      return
    }
    take(.invalid, context) { action in
      if action == .refuse {
        refuse(Self.problem(parserError), context)
      } else {
        context.fireErrorCaught(error)
      }
    }
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

  /// Responds to what cannot be parsed. The connection closes then, since it is not known where the
  /// next request begins.
  private func refuse(_ problem: Problem, _ context: ChannelHandlerContext) {
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
    context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: written(context))
  }

  // MARK: Responses

  package func write(
    context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?
  ) {
    switch unwrapOutboundIn(data) {
    case .head(var head):
      take(.responseHead, context) { action in
        switch action {
        case .markClose: head.headers.replaceOrAdd(name: "connection", value: "close")
        case .markKeepAlive: head.headers.replaceOrAdd(name: "connection", value: "keep-alive")
        default: context.write(wrapOutboundOut(.head(head)), promise: promise)
        }
      }
    case .body: context.write(data, promise: promise)
    case .end:
      take(.responseEnd, context) { _ in
        context.writeAndFlush(data, promise: written(context, promise))
      }
    }
  }

  /// A promise whose end tells the state that a response is written, or never will be.
  private func written(
    _ context: ChannelHandlerContext, _ promise: EventLoopPromise<Void>? = nil
  ) -> EventLoopPromise<Void> {
    let promise = promise ?? context.eventLoop.makePromise(of: Void.self)
    promise.futureResult.assumeIsolated().whenComplete { [self] _ in
      take(.responseWritten, context)
    }
    return promise
  }
}

@available(*, unavailable)
extension ConnectionHandler: Sendable {}

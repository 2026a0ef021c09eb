import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1
import NIOHTTPTypes
import NIOHTTPTypesHTTP1
import OVAConfiguration

/// Sets up the channel of a connection: Hummingbird's HTTP/1 handlers, and ``ConnectionHandler``
/// with the limits for slow, old and malicious clients.
struct CatalogChannel: ServerChildChannel, HTTPChannelHandler {
  typealias Value = NIOAsyncChannel<HTTPRequestPart, HTTPResponsePart>

  let responder: HTTPChannelHandler.Responder
  let limits: ServerLimits
  let metrics: ServerMetrics

  func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
    channel.eventLoop.makeCompletedFuture {
      let pipeline = channel.pipeline.syncOperations
      var decoder = NIOHTTPDecoderLimitConfiguration()
      // What is a little too long is refused in words, what is much too long is cut off.
      let decoded = 4 * (limits.headerBytes + limits.queryBytes)
      decoder.maxHeaderFieldSize = decoded
      decoder.maxHeaderListSize = decoded
      decoder.maxHeaderFieldCount = 1000
      try pipeline.configureHTTPServerPipeline(
        withPipeliningAssistance: false, withErrorHandling: false,
        withOutboundHeaderValidation: false, withEncoderConfiguration: .init(),
        withDecoderLimitConfiguration: decoder)
      metrics.connected()
      channel.closeFuture.whenComplete { [metrics] _ in metrics.disconnected() }
      try pipeline.addHandler(ConnectionHandler(limits: ConnectionLimits(limits)))
      try pipeline.addHandler(HTTP1ToHTTPServerCodec(secure: false))
      return try NIOAsyncChannel(
        wrappingChannelSynchronously: channel,
        configuration: .init(isOutboundHalfClosureEnabled: true))
    }
  }

  func handle(value: Value, logger: Logger) async {
    await handleHTTP(asyncChannel: value, logger: logger)
  }
}

package import NIOCore
import OVAConfiguration

/// Limits on the time of a connection and the size of a body.
package struct ConnectionLimits: Hashable, Sendable {
  /// The time from the start of a connection, or from a request's head, until the head or the body
  /// is there.
  package var request: TimeAmount
  /// The time between two requests, and for taking an answer.
  package var idle: TimeAmount
  /// The time after the end of the output until the client closes its side.
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

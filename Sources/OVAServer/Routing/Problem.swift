import Hummingbird
import OVABasics
import OVACatalog

/// An answer that is a refusal: a status, and words that clients show.
struct Problem: Error, Hashable {
  var status: HTTPResponse.Status
  /// The message to the client; never empty, without internals of the server.
  var message: String
  /// Further headers.
  var headers: HTTPFields = [:]

  /// `{"error": "not found", "message": "…", "status": 404}`.
  var body: [UInt8] {
    let document: JSON = [
      "error": .string(status.reasonPhrase.lowercased()), "message": .string(message),
      "status": .number(status.code),
    ]
    return document.bytes()
  }

  /// Nothing of that name, or nothing that this user may see.
  static let notFound = Problem(status: .notFound, message: "no such resource")

  /// A parameter without meaning.
  static func parameter(_ name: String, _ reason: String) -> Problem {
    Problem(status: .badRequest, message: "InvalidParameterValue: \(name): \(reason)")
  }

  /// A body over the limit, in bytes.
  static func tooLong(_ limit: Int) -> Problem {
    Problem(status: .contentTooLarge, message: "the body is longer than \(limit) bytes")
  }

  /// Whoever asks has to say first who they are.
  static func unauthorized(_ message: String) -> Problem {
    Problem(
      status: .unauthorized, message: message,
      headers: [.wwwAuthenticate: "Bearer realm=\"image catalogue\""])
  }

  /// Converts an error of the catalog into a response; nil when the client is not to blame and the
  /// catalog is there.
  init(_ error: CatalogError) {
    switch error.code {
    case .invalidParameterValue:
      self.init(status: .badRequest, message: error.parameterMessage)
    case .locked, .full, .missing, .corrupt, .newerSchema, .networkFileSystem, .notWritable,
      .inputOutput, .unreachable, .refused, .database:
      self.init(
        status: .serviceUnavailable, message: "the catalog is not available at the moment",
        headers: [.retryAfter: "5"])
    case .tooLong:
      self.init(
        status: .serviceUnavailable,
        message: "the query takes longer than this server allows: use fewer conditions",
        headers: [.retryAfter: "60"])
    case .invalidMapping, .malformedRecord, .conflict, .unknownTimeZone, .cancelled:
      self.init(status: .internalServerError, message: "the request could not be answered")
    }
  }

  init(status: HTTPResponse.Status, message: String, headers: HTTPFields = [:]) {
    self.status = status
    self.message = message
    self.headers = headers
  }
}

import CCurl
import OVABasics
import OVAByteSource

/// Errors of fetching, worded so that the reader knows whom to ask and what to do.
enum RemoteFailure {
  /// The error for an answer that is no success.
  /// - Parameters:
  ///   - head: the answer.
  ///   - host: who answered.
  ///   - hint: what is known of credentials that were used or are missing.
  ///   - detail: the server's own code, such as `NoSuchKey`.
  static func status(
    _ head: HTTPHead, host: String, name: String, detail: String?, credentials: Credentials
  ) -> ByteSourceError {
    let words = "\(host) answered \(head.status)" + (Self.words[head.status].map { " \($0)" } ?? "")
    let reason = words + (detail.map { " (\($0))" } ?? "")
    let (code, fix): (ByteSourceFailure, String?) =
      switch head.status {
      case 401, 403: (.permissionDenied, credentials.fix(status: head.status))
      case 404, 410: (.notFound, "check the URL")
      case 407: (.permissionDenied, "give the proxy's user and password in https_proxy")
      case 408, 429, 500, 502, 503, 504: (.inputOutput, "try again later")
      case 300..<400: (.inputOutput, "name the URL that it leads to")
      default: (.inputOutput, nil)
      }
    return ByteSourceError(
      code: code, doing: "fetch it", reason: reason, place: Place(name), fix: fix)
  }

  /// The state of the credentials.
  enum Credentials: Sendable {
    /// A web server, which asks netrc's.
    case web(host: String)
    /// A URL that carries its own signature.
    case signedURL
    /// A bucket, with credentials from there.
    case bucket(source: String)
    /// A bucket that is listed, with credentials from there.
    case bucketList(source: String)
    /// A bucket, without credentials.
    case bucketWithout

    func fix(status: Int) -> String {
      switch self {
      case .web(let host):
        status == 401
          ? "put a user and password for \(host) into ~/.netrc"
          : "see that it may be read; a user and password for \(host) are looked for in ~/.netrc"
      case .signedURL: "get a new signed URL: this one may have expired"
      case .bucket(let source):
        "see that the credentials from \(source) may read it (s3:GetObject), or set AWS_PROFILE; "
          + "without s3:ListBucket a key that is not there is answered so, too"
      case .bucketList(let source):
        "see that the credentials from \(source) may list it (s3:ListBucket), or set AWS_PROFILE"
      case .bucketWithout:
        "no credentials were found: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE"
      }
    }
  }

  /// The error for a transfer that failed below HTTP.
  static func transfer(_ failure: TransferFailure, host: String, name: String) -> ByteSourceError {
    let fix: String? =
      switch CURLcode(failure.code) {
      case CURLE_COULDNT_RESOLVE_HOST: "check the host name, and that this machine has a network"
      case CURLE_COULDNT_RESOLVE_PROXY: "check https_proxy, http_proxy and all_proxy"
      case CURLE_COULDNT_CONNECT: "see that the server runs and may be reached from here"
      case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR:
        "check the host name; for a certificate authority of your own name its file in "
          + "CURL_CA_BUNDLE"
      case CURLE_SSL_CONNECT_ERROR: "see that the server speaks TLS on this port"
      case CURLE_OPERATION_TIMEDOUT, CURLE_PARTIAL_FILE, CURLE_RECV_ERROR, CURLE_GOT_NOTHING:
        "try again later"
      default: nil
      }
    return ByteSourceError(
      code: .inputOutput, doing: "fetch it",
      reason: failure.words.contains(host) ? failure.words : "\(host): \(failure.words)",
      place: Place(name), fix: fix)
  }

  /// Returns whether another attempt may succeed.
  static func mayPass(_ failure: TransferFailure) -> Bool {
    [
      CURLE_COULDNT_CONNECT, CURLE_OPERATION_TIMEDOUT, CURLE_PARTIAL_FILE, CURLE_RECV_ERROR,
      CURLE_SEND_ERROR, CURLE_GOT_NOTHING, CURLE_HTTP2, CURLE_HTTP2_STREAM,
      CURLE_WEIRD_SERVER_REPLY,
    ].contains(CURLcode(failure.code))
  }

  /// Returns whether another attempt may be answered otherwise.
  static func mayPass(status: Int) -> Bool { [408, 429, 500, 502, 503, 504].contains(status) }

  private static let words = [
    301: "Moved Permanently", 302: "Found", 303: "See Other", 304: "Not Modified",
    307: "Temporary Redirect", 308: "Permanent Redirect", 400: "Bad Request", 401: "Unauthorized",
    403: "Forbidden", 404: "Not Found", 405: "Method Not Allowed",
    407: "Proxy Authentication Required", 408: "Request Timeout", 410: "Gone",
    412: "Precondition Failed", 416: "Range Not Satisfiable", 429: "Too Many Requests",
    500: "Internal Server Error", 501: "Not Implemented", 502: "Bad Gateway",
    503: "Service Unavailable", 504: "Gateway Timeout",
  ]
}

import OVABasics
import OVAByteSource

/// The URL at which a bucket's objects are requested.
struct BucketEndpoint: Hashable, Sendable {
  /// The URL of the service, such as `https://s3.eu-central-1.amazonaws.com`.
  let base: RemoteURL
  /// True if the bucket is part of the path, and not of the host's name.
  let isPathStyle: Bool

  /// The URL of an object, or of the bucket itself.
  func url(bucket: String, key: String, query: [HTTPField]) -> RemoteURL {
    let query = RequestSignature.query(query)
    let prefix = base.path == "/" ? "" : base.path
    guard isPathStyle else {
      return RemoteURL(
        scheme: base.scheme, host: "\(bucket).\(base.host)", port: base.port,
        path: prefix + RequestSignature.path(key), query: query)
    }
    let whole = key.isEmpty ? bucket : "\(bucket)/\(key)"
    return RemoteURL(
      scheme: base.scheme, host: base.host, port: base.port,
      path: prefix + RequestSignature.path(whole), query: query)
  }

  /// The endpoint by environment and profile.
  /// - Throws: `ByteSourceError` where an endpoint is set that is no URL.
  static func found(
    bucket: String, region: String, profile: AWSProfile?, _ settings: RemoteSettings, name: String
  ) throws(ByteSourceError) -> BucketEndpoint {
    let environment = settings.environment
    let isIgnored =
      (environment["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"]
      ?? profile?["ignore_configured_endpoint_urls"])?
      .lowercased() == "true"
    let set =
      environment["AWS_ENDPOINT_URL_S3"] ?? environment["AWS_ENDPOINT_URL"]
      ?? profile?.endpoint(of: "s3") ?? profile?["endpoint_url"]
    let style = profile?["s3.addressing_style"]
    if !isIgnored, let set, !set.isEmpty {
      do throws(RemoteURL.Fault) {
        var base = try RemoteURL(set)
        base.query = nil
        if base.path.hasSuffix("/"), base.path != "/" { base.path.removeLast() }
        // Servers other than AWS seldom have a name for each bucket.
        return BucketEndpoint(base: base, isPathStyle: style != "virtual")
      } catch {
        throw ByteSourceError(
          code: .inputOutput, doing: "fetch it",
          reason: "the endpoint in AWS_ENDPOINT_URL_S3, AWS_ENDPOINT_URL or the profile is no URL",
          place: Place(name), fix: "write it as https://HOST:PORT, without user and password")
      }
    }
    let suffix = region.hasPrefix("cn-") ? "amazonaws.com.cn" : "amazonaws.com"
    let base = RemoteURL(
      scheme: .https, host: "s3.\(region).\(suffix)", port: nil, path: "/", query: nil)
    // The certificate of AWS covers one label before its own name.
    let isLabel = bucket.utf8.allSatisfy {
      $0.isASCIIDigit || $0 == UInt8(ascii: "-")
        || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0)
    }
    return BucketEndpoint(base: base, isPathStyle: style == "path" || !isLabel)
  }
}

import Glibc
import OVABasics
import OVAByteSource
import Synchronization

/// The access to buckets: credentials, endpoints and signed requests.
final class BucketAccess: Sendable {
  private let settings: RemoteSettings
  private let credentials: CredentialChain
  private let regions = Mutex<[String: String]>([:])

  init(_ settings: RemoteSettings) {
    self.settings = settings
    credentials = CredentialChain(settings)
  }

  /// A request to a bucket, signed where there are credentials.
  struct Signed: Sendable {
    let url: RemoteURL
    let fields: [HTTPField]
    /// The source of the credentials; nil where there are none.
    let source: String?
  }

  /// Signs a request that has no body.
  func signed(
    method: String, bucket: String, key: String, query: [HTTPField], _ client: RemoteClient,
    name: String
  ) throws(ByteSourceError) -> Signed {
    let profile = try credentials.profile(name: name)
    let environment = settings.environment
    let region =
      regions.withLock { $0[bucket] } ?? environment["AWS_REGION"]
      ?? environment["AWS_DEFAULT_REGION"] ?? profile?["region"] ?? "us-east-1"
    let endpoint = try BucketEndpoint.found(
      bucket: bucket, region: region, profile: profile, settings, name: name)
    let url = endpoint.url(bucket: bucket, key: key, query: query)
    guard let keys = try credentials.current(client, region: region, name: name) else {
      return Signed(url: url, fields: [], source: nil)
    }
    let fields = RequestSignature.fields(
      method: method, url: url, credentials: keys,
      scope: RequestSignature.Scope(region: region, service: "s3"), now: Int64(time(nil)))
    return Signed(url: url, fields: fields, source: keys.source)
  }

  /// Remembers where a bucket lies.
  /// - Returns: whether that is news.
  func note(region: String, of bucket: String) -> Bool {
    guard (1...64).contains(region.utf8.count), region.utf8.allSatisfy(\.isUnreserved) else {
      return false
    }
    return regions.withLock { regions in
      defer { regions[bucket] = region }
      return regions[bucket] != region
    }
  }

  /// Looks credentials up again for the next request.
  func forgetCredentials() { credentials.forget() }
}

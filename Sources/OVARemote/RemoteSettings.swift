import Glibc

/// The settings for fetching remote files.
public struct RemoteSettings: Sendable {
  /// Ranges of one file that are fetched at the same time, when all of it is read.
  public var connections = 4
  /// The number of attempts at a request that fails in a way that may pass.
  public var attempts = 5
  /// The wait before the second attempt in milliseconds, which doubles with each further one.
  public var retryMilliseconds = 250
  /// The longest wait before another attempt, in seconds, whatever `Retry-After` asks for.
  public var longestWaitSeconds = 60
  /// The longest time to connect, in seconds.
  public var connectSeconds = 30
  /// A transfer is given up that is slower than `leastBytesPerSecond` for so many seconds.
  public var stallSeconds = 60
  /// The slowest transfer in bytes a second.
  public var leastBytesPerSecond = 128
  /// The most redirects that are followed.
  public var redirects = 10
  /// The environment: credentials, certificates, endpoints. Proxies libcurl looks up by itself.
  public var environment: [String: String]

  /// The defaults, with an environment.
  public init(environment: [String: String]) { self.environment = environment }

  /// The home folder; nil when it is not set.
  var home: String? { environment["HOME"] }
}

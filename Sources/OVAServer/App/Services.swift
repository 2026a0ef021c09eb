import Logging
import OVACatalog
import OVAConfiguration
package import OVAJobs
import OVATime

/// The services that handlers use.
package struct Services: Sendable {
  package let catalog: CatalogConnection
  let times: APITime
  /// The URL without a slash at its end; never taken from a request.
  let baseURL: String
  let limits: ServerLimits
  /// Proxies whose word on where a request comes from counts.
  let trustedProxies: [NetworkRange]
  /// The repositories of users; nil when there are none.
  let personal: PersonalRepositories?
  package let authenticator: Authenticator
  package let metrics: ServerMetrics
  /// The logger of requests.
  let logger: Logger
  /// The version that runs.
  let version: String
  /// The current time in seconds since 1970.
  let now: @Sendable () -> Int64
  /// A number that differs between runs of the server.
  let started = UInt64.random(in: .min ... .max)
  /// The worker that syncs, woken when there is work.
  package let worker: SyncWorker

  /// The path of the base URL, which pages' links begin with.
  var basePath: String {
    let parts = baseURL.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
    return parts.count > 3 ? "/\(parts[3])" : ""
  }
}

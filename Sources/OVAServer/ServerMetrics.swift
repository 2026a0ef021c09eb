import Synchronization

/// What the server counts, shown as Prometheus reads it.
package final class ServerMetrics: Sendable {
  private let counts = Mutex(Counts())

  private struct Key: Hashable {
    var method: String
    var route: String
    var status: Int
  }

  private struct Counts {
    var requests: [Key: Int] = [:]
    var buckets = [Int](repeating: 0, count: ServerMetrics.bounds.count)
    var total = 0
    var seconds = 0.0
    var running = 0
    var syncs = 0
    var failedSyncs = 0
  }

  private static let bounds = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5]
  private static let methods: Set = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]

  package init() {}

  func began() { counts.withLock { $0.running += 1 } }

  func ended(method: String, route: String, status: Int, time: Duration) {
    let (whole, fraction) = time.components
    let seconds = Double(whole) + Double(fraction) / 1e18
    // A method that a client made up would be a counter of its own for ever.
    let known = Self.methods.contains(method) ? method : "other"
    counts.withLock { counts in
      counts.running -= 1
      counts.requests[Key(method: known, route: route, status: status), default: 0] += 1
      counts.total += 1
      counts.seconds += seconds
      for (index, bound) in Self.bounds.enumerated() where seconds <= bound {
        counts.buckets[index] += 1
      }
    }
  }

  func synced(_ wentWell: Bool) {
    counts.withLock { counts in
      counts.syncs += 1
      if !wentWell { counts.failedSyncs += 1 }
    }
  }

  /// The counters in Prometheus' text form. `images` is nil while the catalogue is away.
  func text(images: Int?, version: String) -> String {
    let counts = counts.withLock { $0 }
    var lines = [
      "# HELP ova_build_info The version that runs.", "# TYPE ova_build_info gauge",
      "ova_build_info{version=\"\(version)\"} 1",
      "# HELP ova_http_requests_total Requests answered.",
      "# TYPE ova_http_requests_total counter",
    ]
    let keys = counts.requests.keys.sorted {
      ($0.route, $0.method, $0.status) < ($1.route, $1.method, $1.status)
    }
    for key in keys {
      lines.append(
        """
        ova_http_requests_total{method="\(key.method)",route="\(key.route)",\
        status="\(key.status)"} \(counts.requests[key] ?? 0)
        """)
    }
    lines += [
      "# HELP ova_http_request_duration_seconds How long answers took.",
      "# TYPE ova_http_request_duration_seconds histogram",
    ]
    for (bound, count) in zip(Self.bounds, counts.buckets) {
      lines.append("ova_http_request_duration_seconds_bucket{le=\"\(bound)\"} \(count)")
    }
    lines += [
      "ova_http_request_duration_seconds_bucket{le=\"+Inf\"} \(counts.total)",
      "ova_http_request_duration_seconds_sum \(counts.seconds)",
      "ova_http_request_duration_seconds_count \(counts.total)",
      "# HELP ova_http_requests_running Requests being answered.",
      "# TYPE ova_http_requests_running gauge",
      "ova_http_requests_running \(counts.running)",
      "# HELP ova_syncs_total Syncs done.", "# TYPE ova_syncs_total counter",
      "ova_syncs_total{outcome=\"processed\"} \(counts.syncs - counts.failedSyncs)",
      "ova_syncs_total{outcome=\"error\"} \(counts.failedSyncs)",
      "# HELP ova_catalogue_up Whether the catalogue can be read.",
      "# TYPE ova_catalogue_up gauge", "ova_catalogue_up \(images == nil ? 0 : 1)",
    ]
    if let images {
      lines += [
        "# HELP ova_catalogue_images Images in the catalogue.",
        "# TYPE ova_catalogue_images gauge", "ova_catalogue_images \(images)",
      ]
    }
    return lines.joined(separator: "\n") + "\n"
  }
}

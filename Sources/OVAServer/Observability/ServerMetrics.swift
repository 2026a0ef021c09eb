import Metrics
package import OVACatalog
package import OVAJobs
import Synchronization

/// The metrics of the server.
package final class ServerMetrics: Sendable {
  /// The registry of the metrics; libraries can register theirs as well.
  package let registry: PrometheusRegistry

  private struct Key: Hashable {
    var method: String
    var route: String
    var status: Int
  }

  /// The handlers of metrics, each looked up by name once.
  private struct Known {
    var answers: [Key: Counter] = [:]
    var times: [String: Metrics.Timer] = [:]
  }

  private let known = Mutex(Known())
  private let running: Meter
  private let connections: Meter
  /// Seconds since 1970.
  private let started = CatalogServer.systemTime()

  private static let methods: Set = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
  private static let explanations = [
    "ova_build_info": "The version that runs.",
    "ova_catalogue_images": "Public images in the catalog.",
    "ova_catalogue_up": "Whether the catalog can be read.",
    "ova_connections": "Connections that are open.",
    "ova_http_request_duration_seconds": "How long answers took.",
    "ova_http_requests_running": "Requests being answered.",
    "ova_http_requests_total": "Requests answered.",
    "ova_findings": "Findings in public packages, by severity.",
    "ova_last_scan_age_seconds": "Time since the last scan ended, in seconds.",
    "ova_last_scan_duration_seconds": "How long the last scan took, in seconds.",
    "ova_letters_total": "Attempts to send a letter, by outcome.",
    "ova_letters_waiting": "Letters that are not sent yet.",
    "ova_logins_running": "Passwords being checked, or waiting to be.",
    "ova_logins_total": "Logins by password, by outcome.",
    "ova_packages": "Public packages, by state.",
    "ova_packages_waiting_for_digests": "Public packages whose digests are still to be computed.",
    "ova_scans_total": "Scans of watched repositories done, by outcome.",
    "ova_sync_duration_seconds": "How long syncs took.",
    "ova_syncs_total": "Syncs done, by outcome.",
    "ova_syncs_waiting": "Syncs that are asked for and not done.",
    "process_cpu_seconds_total": "Time on processors, in seconds.",
    "process_open_fds": "Files and sockets that are open.",
    "process_resident_memory_bytes": "Memory in use, in bytes.",
    "process_start_time_seconds": "When the process began, in seconds since 1970.",
  ]

  package init() {
    registry = PrometheusRegistry(explanations: Self.explanations)
    running = Meter(label: "ova_http_requests_running", factory: registry)
    connections = Meter(label: "ova_connections", factory: registry)
    // Counters are there from the start, so that the first failure can be seen as a growth.
    for outcome in ["processed", "error"] { syncCounter(outcome).increment(by: 0) }
    for outcome in ["done", "failed"] { scanCounter(outcome).increment(by: 0) }
    for outcome in LetterOutcome.allCases { letterCounter(outcome).increment(by: 0) }
    for outcome in LoginOutcome.allCases { loginCounter(outcome).increment(by: 0) }
  }

  func connected() { connections.increment() }
  func disconnected() { connections.decrement() }

  func began() { running.increment() }

  func ended(method: String, route: String, status: Int, time: Duration) {
    running.decrement()
    // A method that a client made up would remain as a counter of its own.
    let method = Self.methods.contains(method) ? method : "other"
    let key = Key(method: method, route: route, status: status)
    let (counter, timer) = known.withLock { known in
      let counter =
        known.answers[key]
        ?? Counter(
          label: "ova_http_requests_total",
          dimensions: [("method", method), ("route", route), ("status", "\(status)")],
          factory: registry)
      let timer =
        known.times[route]
        ?? Metrics.Timer(
          label: "ova_http_request_duration_seconds", dimensions: [("route", route)],
          factory: registry)
      known.answers[key] = counter
      known.times[route] = timer
      return (counter, timer)
    }
    counter.increment()
    timer.recordNanoseconds(time.nanoseconds)
  }

  /// The results of logins by password.
  enum LoginOutcome: String, CaseIterable { case accepted, refused, limited }

  func loggedIn(_ outcome: LoginOutcome) { loginCounter(outcome).increment() }

  private func syncCounter(_ outcome: String) -> Counter {
    Counter(label: "ova_syncs_total", dimensions: [("outcome", outcome)], factory: registry)
  }

  private func scanCounter(_ outcome: String) -> Counter {
    Counter(label: "ova_scans_total", dimensions: [("outcome", outcome)], factory: registry)
  }

  private func letterCounter(_ outcome: LetterOutcome) -> Counter {
    Counter(
      label: "ova_letters_total", dimensions: [("outcome", outcome.rawValue)], factory: registry)
  }

  private func loginCounter(_ outcome: LoginOutcome) -> Counter {
    Counter(
      label: "ova_logins_total", dimensions: [("outcome", outcome.rawValue)], factory: registry)
  }

  /// Everything in Prometheus' text form; `numbers` are nil while the catalog is away, and `now`
  /// is in seconds since 1970.
  func text(
    numbers: PublicNumbers?, runningLogins: Int?, now: Int64, version: String
  ) -> String {
    func level(_ label: String, _ value: Double, _ dimensions: [(String, String)] = []) {
      Meter(label: label, dimensions: dimensions, factory: registry).set(value)
    }
    level("ova_build_info", 1, [("version", version)])
    level("ova_catalogue_up", numbers == nil ? 0 : 1)
    if let numbers {
      level("ova_catalogue_images", Double(numbers.packages.values.reduce(0, +)))
      for (state, count) in numbers.packages {
        level("ova_packages", Double(count), [("state", state.rawValue)])
      }
      for (severity, count) in numbers.findings {
        level("ova_findings", Double(count), [("severity", severity)])
      }
      level("ova_packages_waiting_for_digests", Double(numbers.waitingForDigests))
      level("ova_syncs_waiting", Double(numbers.waitingSyncs))
      level("ova_letters_waiting", Double(numbers.waitingLetters))
      if let start = numbers.lastScanStartedOn, let end = numbers.lastScanFinishedOn {
        level("ova_last_scan_age_seconds", max(0, Double(now) - Double(end)))
        level("ova_last_scan_duration_seconds", max(0, Double(end) - Double(start)))
      }
    }
    if let runningLogins { level("ova_logins_running", Double(runningLogins)) }
    level("process_start_time_seconds", Double(started))
    if let process = ProcessMetrics() {
      level("process_open_fds", Double(process.openFiles))
      level("process_resident_memory_bytes", Double(process.residentBytes))
      let seconds = FloatingPointCounter(label: "process_cpu_seconds_total", factory: registry)
      // Counted by the system, so that it is set anew instead of counted up.
      seconds.reset()
      seconds.increment(by: process.processorSeconds)
    }
    return registry.text
  }
}

extension ServerMetrics: JobCounting {
  package func synced(_ status: RequestStatus, time: Duration) {
    syncCounter(status == .processed ? "processed" : "error").increment()
    Metrics.Timer(label: "ova_sync_duration_seconds", factory: registry)
      .recordNanoseconds(time.nanoseconds)
  }

  package func scanned(_ wentWell: Bool) { scanCounter(wentWell ? "done" : "failed").increment() }

  package func lettered(_ outcome: LetterOutcome) { letterCounter(outcome).increment() }
}

extension Duration {
  /// Whole nanoseconds, at most those of 292 years.
  fileprivate var nanoseconds: Int64 {
    let (seconds, attoseconds) = components
    let (whole, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
    return overflow ? .max : whole + attoseconds / 1_000_000_000
  }
}

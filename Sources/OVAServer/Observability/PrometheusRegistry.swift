package import Metrics
import Synchronization

/// Keeps what the metrics interface counts, and shows it as Prometheus reads it.
package final class PrometheusRegistry: MetricsFactory {
  /// Upper bounds of durations, in seconds.
  static let bounds = [
    0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5,
  ]
  /// Series kept at most; what would be one more is not counted.
  private static let mostSeries = 10_000

  private struct Family {
    var kind: String
    var series: [String: any Shown] = [:]
  }

  private struct Families {
    var byName: [String: Family] = [:]
    var count = 0
  }

  private let families = Mutex(Families())
  private let explanations: [String: String]

  /// Makes a registry; `explanations` say what is counted under which name.
  package init(explanations: [String: String] = [:]) { self.explanations = explanations }

  // MARK: Making

  /// Returns the counter of a name and its dimensions: made once, found again after that.
  private func series<Handler: Shown & Sendable>(
    _ label: String, _ dimensions: [(String, String)], _ kind: String, make: () -> Handler
  ) -> Handler {
    let name = Self.name(label)
    let labels = Self.labels(dimensions)
    return families.withLock { families in
      var family = families.byName[name] ?? Family(kind: kind)
      if let known = family.series[labels] as? Handler { return known }
      let new = make()
      guard family.kind == kind, family.series[labels] == nil, families.count < Self.mostSeries
      else { return new }
      families.count += 1
      family.series[labels] = new
      families.byName[name] = family
      return new
    }
  }

  package func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
    series(label, dimensions, "counter") { Count() }
  }

  package func makeFloatingPointCounter(
    label: String, dimensions: [(String, String)]
  ) -> any FloatingPointCounterHandler {
    series(label, dimensions, "counter") { Amount() }
  }

  package func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
    series(label, dimensions, "gauge") { Level() }
  }

  package func makeRecorder(
    label: String, dimensions: [(String, String)], aggregate: Bool
  ) -> any RecorderHandler {
    guard aggregate else { return series(label, dimensions, "gauge") { Level() } }
    return series(label, dimensions, "histogram") { Distribution() }
  }

  package func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
    series(label, dimensions, "histogram") { Distribution() }
  }

  // What was counted stays, for a counter that vanishes looks like one that was reset.
  package func destroyCounter(_ handler: any CounterHandler) {}
  package func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) {}
  package func destroyMeter(_ handler: any MeterHandler) {}
  package func destroyRecorder(_ handler: any RecorderHandler) {}
  package func destroyTimer(_ handler: any TimerHandler) {}

  // MARK: Showing

  /// Everything in Prometheus' text form, by name and labels.
  package var text: String {
    let families = families.withLock { $0.byName }
    var lines: [String] = []
    for (name, family) in families.sorted(by: { $0.key < $1.key }) {
      lines.append("# HELP \(name) \(explanations[name] ?? "Counted by a library.")")
      lines.append("# TYPE \(name) \(family.kind)")
      for (labels, series) in family.series.sorted(by: { $0.key < $1.key }) {
        lines += series.lines(name, labels)
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// A name as Prometheus knows names: letters, digits, `_` and `:`.
  private static func name(_ label: String) -> String {
    let bytes = label.utf8.map { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: ":"):
        byte
      default: UInt8(ascii: "_")
      }
    }
    let isDigitFirst = bytes.first.map { (0x30...0x39).contains($0) } ?? true
    return (isDigitFirst ? "_" : "") + String(decoding: bytes, as: UTF8.self)
  }

  /// `method="GET",status="200"`.
  private static func labels(_ dimensions: [(String, String)]) -> String {
    dimensions.map { dimension in
      let value = dimension.1.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        .replacing("\n", with: "\\n")
      return "\(name(dimension.0))=\"\(value)\""
    }.joined(separator: ",")
  }
}

/// A metric that can be written as lines.
private protocol Shown: Sendable {
  func lines(_ name: String, _ labels: String) -> [String]
}

extension Shown {
  fileprivate func line(_ name: String, _ labels: String, _ value: some Any) -> String {
    labels.isEmpty ? "\(name) \(value)" : "\(name){\(labels)} \(value)"
  }
}

/// A whole number that grows.
private final class Count: CounterHandler, Shown {
  private let value = Atomic<Int64>(0)

  func increment(by amount: Int64) { value.wrappingAdd(amount, ordering: .relaxed) }
  func reset() { value.store(0, ordering: .relaxed) }
  func lines(_ name: String, _ labels: String) -> [String] {
    [line(name, labels, value.load(ordering: .relaxed))]
  }
}

/// An amount that grows.
private final class Amount: FloatingPointCounterHandler, Shown {
  private let value = Mutex(0.0)

  func increment(by amount: Double) { value.withLock { $0 += amount } }
  func reset() { value.withLock { $0 = 0 } }
  func lines(_ name: String, _ labels: String) -> [String] {
    [line(name, labels, value.withLock { $0 })]
  }
}

/// A value that goes up and down.
private final class Level: MeterHandler, RecorderHandler, Shown {
  private let value = Mutex(0.0)

  func set(_ new: Int64) { set(Double(new)) }
  func set(_ new: Double) { value.withLock { $0 = new } }
  func increment(by amount: Double) { value.withLock { $0 += amount } }
  func decrement(by amount: Double) { value.withLock { $0 -= amount } }
  func record(_ new: Int64) { set(Double(new)) }
  func record(_ new: Double) { set(new) }
  func lines(_ name: String, _ labels: String) -> [String] {
    let value = value.withLock { $0 }
    return [line(name, labels, Int64(exactly: value).map { "\($0)" } ?? "\(value)")]
  }
}

/// A histogram.
private final class Distribution: TimerHandler, RecorderHandler, Shown {
  private struct State {
    var buckets = [Int](repeating: 0, count: PrometheusRegistry.bounds.count)
    var count = 0
    var sum = 0.0
  }

  private let state = Mutex(State())

  func recordNanoseconds(_ duration: Int64) { record(Double(duration) / 1e9) }
  func record(_ value: Int64) { record(Double(value)) }
  func record(_ value: Double) {
    state.withLock { state in
      state.count += 1
      state.sum += value
      // Only the first bucket that holds it is counted up; the lines add them together.
      if let index = PrometheusRegistry.bounds.firstIndex(where: { value <= $0 }) {
        state.buckets[index] += 1
      }
    }
  }

  func lines(_ name: String, _ labels: String) -> [String] {
    let state = state.withLock { $0 }
    let start = labels.isEmpty ? "" : labels + ","
    var sum = 0
    var lines = zip(PrometheusRegistry.bounds, state.buckets).map { bound, count in
      sum += count
      return line("\(name)_bucket", "\(start)le=\"\(bound)\"", sum)
    }
    lines.append(line("\(name)_bucket", "\(start)le=\"+Inf\"", state.count))
    lines.append(line("\(name)_sum", labels, state.sum))
    lines.append(line("\(name)_count", labels, state.count))
    return lines
  }
}

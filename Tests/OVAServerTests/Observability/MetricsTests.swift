import Metrics
import OVAServer
import Testing

/// Tests of the metrics as Prometheus reads them.
@Suite struct MetricsTests {
  @Test func whatLibrariesCountIsShownToo() {
    let registry = PrometheusRegistry(explanations: ["jobs_total": "Jobs done."])
    Counter(label: "jobs_total", dimensions: [("kind", "a")], factory: registry).increment(by: 2)
    // The same counter, found again by its name.
    Counter(label: "jobs_total", dimensions: [("kind", "a")], factory: registry).increment()
    FloatingPointCounter(label: "work.seconds", factory: registry).increment(by: 0.5)
    Meter(label: "level", factory: registry).set(7)
    Gauge(label: "gauge", factory: registry).record(1.5)
    #expect(
      registry.text == """
        # HELP gauge Counted by a library.
        # TYPE gauge gauge
        gauge 1.5
        # HELP jobs_total Jobs done.
        # TYPE jobs_total counter
        jobs_total{kind="a"} 3
        # HELP level Counted by a library.
        # TYPE level gauge
        level 7
        # HELP work_seconds Counted by a library.
        # TYPE work_seconds counter
        work_seconds 0.5

        """)
  }

  @Test func durationsFallIntoBucketsThatAddUp() {
    let registry = PrometheusRegistry()
    let timer = Timer(label: "t", dimensions: [("route", "/")], factory: registry)
    timer.recordNanoseconds(700_000)
    timer.recordNanoseconds(30_000_000)
    timer.recordSeconds(60)
    let lines = registry.text.split(separator: "\n")
    #expect(lines.contains(#"t_bucket{route="/",le="0.0005"} 0"#))
    #expect(lines.contains(#"t_bucket{route="/",le="0.001"} 1"#))
    #expect(lines.contains(#"t_bucket{route="/",le="0.05"} 2"#))
    #expect(lines.contains(#"t_bucket{route="/",le="5.0"} 2"#))
    #expect(lines.contains(#"t_bucket{route="/",le="+Inf"} 3"#))
    #expect(lines.contains(#"t_count{route="/"} 3"#))
  }

  @Test func valuesOfLabelsCannotBreakALine() {
    let registry = PrometheusRegistry()
    Counter(label: "9 c", dimensions: [("a-b", "x\"\\\ny")], factory: registry).increment()
    #expect(registry.text.contains(#"_9_c{a_b="x\"\\\ny"} 1"#))
  }

  @Test func oneNameIsOfOneKind() {
    let registry = PrometheusRegistry()
    Counter(label: "n", factory: registry).increment()
    Meter(label: "n", factory: registry).set(5)
    #expect(registry.text.hasSuffix("# TYPE n counter\nn 1\n"))
  }
}

import OVAReport
import Testing

@testable import OVACommands

/// The line of progress, with the time that has passed given.
@Suite struct ProgressTests {
  private static func snapshot(
    count: Int? = 3, of countTotal: Int? = 12, bytes: UInt64 = 0, total bytesTotal: UInt64? = nil,
    item: String? = nil
  ) -> ProgressSnapshot {
    var snapshot = ProgressSnapshot(action: "checking", noun: "package")
    snapshot.count = count
    snapshot.countTotal = countTotal
    snapshot.bytes = bytes
    snapshot.bytesTotal = bytesTotal
    snapshot.item = item
    return snapshot
  }

  @Test(arguments: [
    // Rate and time left by bytes, where bytes are known.
    (
      snapshot(bytes: 100 << 20, total: 300 << 20), Duration.seconds(10),
      "checking 3 of 12 packages, 100 MiB of 300 MiB, 20 s left, 10 MiB/s"
    ),
    (
      snapshot(bytes: 100 << 20, total: 300 << 20), .milliseconds(2500),
      "checking 3 of 12 packages, 100 MiB of 300 MiB, 5 s left, 40 MiB/s"
    ),
    // Nothing is left, and the rate remains.
    (
      snapshot(bytes: 300 << 20, total: 300 << 20), .seconds(10),
      "checking 3 of 12 packages, 300 MiB of 300 MiB, 30 MiB/s"
    ),
    // Without a total there is no time left.
    (
      snapshot(count: nil, of: nil, bytes: 50 << 20), .seconds(5),
      "checking, 50 MiB, 10 MiB/s"
    ),
    // By the number of packages, where no bytes are counted.
    (snapshot(), .seconds(6), "checking 3 of 12 packages, 18 s left, 30/min"),
    (snapshot(count: 1, of: 4), .seconds(100), "checking 1 of 4 packages, 5 min left"),
    (snapshot(count: 90, of: 100), .seconds(3), "checking 90 of 100 packages, 1 s left, 30/s"),
    (snapshot(count: 7, of: nil), .seconds(2), "checking 7 packages, 3/s"),
    // In the first half second nothing is known of the rate.
    (snapshot(), .milliseconds(500), "checking 3 of 12 packages"),
    (
      snapshot(bytes: 1 << 20, total: 2 << 20), .zero, "checking 3 of 12 packages, 1 MiB of 2 MiB"
    ),
    // Before anything is done.
    (snapshot(count: 0), .seconds(9), "checking 0 of 12 packages"),
    (snapshot(count: 1, of: 1), .seconds(1), "checking 1 of 1 package, 1/s"),
  ])
  func `rate and time left are told by what is counted`(
    snapshot: ProgressSnapshot, elapsed: Duration, text: String
  ) {
    #expect(snapshot.text(elapsed: elapsed, width: 200) == text)
  }

  @Test(arguments: [
    (119.0, "119 s"), (119.5, "2 min"), (120, "2 min"), (3_600, "60 min"), (7_199, "119 min"),
    (7_200, "2 h"), (90_000, "25 h"), (1e15, "277777 h"),
  ])
  func `time left is told in seconds, minutes or hours`(seconds: Double, words: String) {
    // A byte of many in a second.
    let total = UInt64(seconds) + 1
    let snapshot = Self.snapshot(
      bytes: seconds == 119.5 ? 2 : 1, total: seconds == 119.5 ? 241 : total)
    let text = snapshot.text(elapsed: .seconds(1), width: 200)
    #expect(text.contains(", \(words) left, "), "\(text)")
  }

  @Test(arguments: [
    "web.ova", String(repeating: "long-", count: 30) + "name.ova", "名前の長い仮想アプライアンス.ova",
    "👩‍👩‍👧‍👦 family.ova", "cafe\u{301}.ova", "a\u{1B}[31mb\n.ova",
  ])
  func `the line never has more cells than the terminal`(item: String) {
    let snapshot = Self.snapshot(bytes: 123 << 20, total: 9 << 30, item: item)
    for width in 1...140 {
      let text = snapshot.text(elapsed: .seconds(33), width: width)
      #expect(text.cells <= width, "\(width): \(text)")
      #expect(!text.contains("\n") && !text.contains("\u{1B}"))
    }
    let wide = snapshot.text(elapsed: .seconds(33), width: 400)
    #expect(wide.hasSuffix(".ova"), "\(wide)")
  }

  @Test func `a narrow line leaves out numbers before it leaves out the file`() {
    let snapshot = Self.snapshot(bytes: 100 << 20, total: 300 << 20, item: "images/web.ova")
    #expect(
      snapshot.text(elapsed: .seconds(10), width: 80)
        == "checking 3/12, 100 MiB of 300 MiB, 20 s left, 10 MiB/s, images/web.ova")
    #expect(
      snapshot.text(elapsed: .seconds(10), width: 62)
        == "checking 3/12, 100 MiB of 300 MiB, 20 s left, images/web.ova")
    #expect(
      snapshot.text(elapsed: .seconds(10), width: 50)
        == "checking 3/12, 100 MiB of 300 MiB, images/web.ova")
  }
}

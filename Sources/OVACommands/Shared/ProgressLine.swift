import OVABasics
import OVAIndexer
import Synchronization

/// One line on a person's terminal that tells how far a scan is.
final class ProgressLine: Sendable {
  private struct State {
    var phase: ScanProgress.Phase?
    var begun = ContinuousClock.now
    var shown = ContinuousClock.now - .seconds(1)
    var isOnLine = false
  }

  private let isOn: Bool
  private let state = Mutex(State())

  init(isOn: Bool) { self.isOn = isOn }

  /// Shows the progress, ten times a second at most.
  func show(_ progress: ScanProgress) {
    guard isOn else { return }
    let text = state.withLock { state -> String? in
      let now = ContinuousClock.now
      if state.phase != progress.phase {
        state.phase = progress.phase
        state.begun = now
      }
      guard now - state.shown > .milliseconds(100) else { return nil }
      state.shown = now
      state.isOnLine = true
      return Self.text(progress, elapsed: now - state.begun)
    }
    if let text { Output.words.write("\r\u{1B}[K\(text)") }
  }

  /// Takes the line away.
  func end() {
    let isOnLine = state.withLock { state in
      defer { state.isOnLine = false }
      return state.isOnLine
    }
    if isOnLine { Output.words.write("\r\u{1B}[K") }
  }

  /// `hashing 12 of 40 packages, 3 GiB of 10 GiB, 210 MiB/s, 34 s left, at [ds] a.ova`.
  static func text(_ progress: ScanProgress, elapsed: Duration) -> String {
    let seconds = Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) / 1e18
    var parts: [String] = []
    let verb = progress.phase == .looking ? "looking" : "hashing"
    parts.append(
      "\(verb) \(progress.packages)" + (progress.packagesTotal.map { " of \($0)" } ?? "")
        + " packages")
    if progress.phase == .hashing {
      parts.append(
        "\(ByteCount(progress.bytes))"
          + (progress.bytesTotal.map { " of \(ByteCount($0))" } ?? ""))
    }
    if seconds > 0.5 {
      if progress.phase == .hashing {
        let rate = Double(progress.bytes) / seconds
        parts.append("\(ByteCount(UInt64(rate)))/s")
        if let total = progress.bytesTotal, rate > 0, total > progress.bytes {
          parts.append("\(left(Double(total - progress.bytes) / rate)) left")
        }
      } else {
        let rate = Double(progress.packages) / seconds
        parts.append("\(Int(rate))/s")
        if let total = progress.packagesTotal, rate > 0, total > progress.packages {
          parts.append("\(left(Double(total - progress.packages) / rate)) left")
        }
      }
    }
    if let slowest = progress.slowest { parts.append("at \(shortened(slowest.inert))") }
    return parts.joined(separator: ", ")
  }

  private static func left(_ seconds: Double) -> String {
    let whole = Int(min(seconds.rounded(.up), 1e9))
    if whole < 120 { return "\(whole) s" }
    return whole < 7200 ? "\(whole / 60) min" : "\(whole / 3600) h"
  }

  private static func shortened(_ path: String) -> String {
    path.count <= 48 ? path : "…" + path.suffix(47)
  }
}

import OVABasics
import OVAIndexer
import OVAReport

/// The progress of a command at one moment.
struct ProgressSnapshot: Sendable {
  /// The activity: `checking`.
  var action: String
  /// The noun for what is counted.
  var noun: String
  /// The number that is done; nil where nothing is counted.
  var count: Int?
  /// The total; nil where it is not known.
  var countTotal: Int?
  /// Bytes that were read or written.
  var bytes: UInt64 = 0
  /// Bytes that there are; nil where it is not known.
  var bytesTotal: UInt64?
  /// The file that it is at.
  var item: String?

  init(action: String, noun: String) {
    self.action = action
    self.noun = noun
  }

  /// The fewest cells that a long name of a file is shown in.
  private static let leastItem = 16

  /// The line, in at most so many cells: `checking 3 of 12 packages, 1.2 GiB of 10 GiB, 34 s left,
  /// 210 MiB/s, …/web.ova`. Where the name has no room, numbers are shorter, or the last are left
  /// out.
  func text(elapsed: Duration, width: Int) -> String {
    let speed = speed(elapsed)
    let forms = [
      [action + countWords(isShort: false)] + byteWords + speed,
      [action + countWords(isShort: true)] + byteWords + speed,
      [action + countWords(isShort: true)] + byteWords + speed.prefix(1),
      [action + countWords(isShort: true)] + byteWords,
    ].map { $0.joined(separator: ", ") }
    guard let item = item?.forDisplay, !item.isEmpty else {
      return (forms.first { $0.cells <= width } ?? forms[3]).lastCells(width)
    }
    let needed = min(item.cells, Self.leastItem) + 2
    guard let form = forms.first(where: { $0.cells + needed <= width }) else {
      return forms[3].lastCells(width)
    }
    return form + ", " + item.lastCells(width - form.cells - 2)
  }

  private func countWords(isShort: Bool) -> String {
    guard let count else { return "" }
    guard let countTotal else { return " " + counted(count, noun) }
    return isShort ? " \(count)/\(countTotal)" : " \(count) of \(counted(countTotal, noun))"
  }

  private var byteWords: [String] {
    guard bytes > 0 || bytesTotal ?? 0 > 0 else { return [] }
    return ["\(ByteCount(bytes))" + (bytesTotal.map { " of \(ByteCount($0))" } ?? "")]
  }

  /// Time left and rate, once there is something to tell them by.
  private func speed(_ elapsed: Duration) -> [String] {
    let seconds =
      Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) / 1e18
    guard seconds > 0.5 else { return [] }
    var parts: [String] = []
    if bytes > 0 {
      let rate = Double(bytes) / seconds
      if let bytesTotal, bytesTotal > bytes {
        parts.append("\(Self.words(Double(bytesTotal - bytes) / rate)) left")
      }
      parts.append("\(ByteCount(UInt64(min(rate, 1e18))))/s")
    } else if let count, count > 0 {
      let rate = Double(count) / seconds
      if let countTotal, countTotal > count {
        parts.append("\(Self.words(Double(countTotal - count) / rate)) left")
      }
      // The rate of packages that take seconds each is given by the minute.
      if rate >= 1 {
        parts.append("\(Int(min(rate, 1e9)))/s")
      } else if rate * 60 >= 1 {
        parts.append("\(Int(rate * 60))/min")
      }
    }
    return parts
  }

  private static func words(_ seconds: Double) -> String {
    let whole = Int(min(seconds.rounded(.up), 1e9))
    if whole < 120 { return "\(whole) s" }
    return whole < 7200 ? "\(whole / 60) min" : "\(whole / 3600) h"
  }
}

extension ProgressSnapshot {
  /// The progress of a scan.
  init(_ progress: ScanProgress) {
    self.init(action: progress.phase == .looking ? "looking" : "hashing", noun: "package")
    count = progress.packages
    countTotal = progress.packagesTotal
    if progress.phase == .hashing {
      bytes = progress.bytes
      bytesTotal = progress.bytesTotal
    }
    item = progress.slowest
  }
}

extension String {
  /// The text, or as much of its end as has room behind an ellipsis.
  fileprivate func lastCells(_ most: Int) -> String {
    guard cells > most, most > 1 else { return cells > most ? "" : self }
    var kept: [Character] = []
    var room = most - 1
    for character in reversed() {
      let cells = String(character).cells
      guard cells <= room else { break }
      room -= cells
      kept.append(character)
    }
    return "…" + String(kept.reversed())
  }
}

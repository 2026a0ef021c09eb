/// Grain tables as they pass, kept by their sector; of their entries only those that are set.
struct TableStore {
  private var ranges: [UInt32: Range<Int>] = [:]
  private var slots: [UInt16] = []
  private var sectors: [UInt32] = []

  /// Keeps the table at `sector`; `width` entries are read from `bytes`.
  /// - Returns: how many are kept.
  mutating func keep(_ bytes: ArraySlice<UInt8>, width: Int, at sector: UInt32) -> Int {
    guard ranges[sector] == nil else { return 0 }
    let start = slots.count
    var place = bytes.startIndex
    for slot in 0..<width {
      guard place + 4 <= bytes.endIndex else { break }
      let low = UInt32(bytes[place]) | UInt32(bytes[place + 1]) << 8
      let entry = low | UInt32(bytes[place + 2]) << 16 | UInt32(bytes[place + 3]) << 24
      place += 4
      if entry != 0 {
        slots.append(UInt16(truncatingIfNeeded: slot))
        sectors.append(entry)
      }
    }
    ranges[sector] = start..<slots.count
    return slots.count - start
  }

  func has(_ sector: UInt32) -> Bool { ranges[sector] != nil }

  /// The entries that are set, by slot; nil when no table was seen there.
  func entries(at sector: UInt32) -> [(slot: Int, sector: UInt32)]? {
    ranges[sector].map { $0.map { (Int(slots[$0]), sectors[$0]) } }
  }

  /// Returns whether two tables have the same entries.
  func areEqual(_ one: UInt32, _ other: UInt32) -> Bool {
    guard let a = ranges[one], let b = ranges[other] else { return false }
    return a.count == b.count && slots[a] == slots[b] && sectors[a] == sectors[b]
  }
}

/// Takes the stretches of a stream that are wanted, as they pass by.
struct StreamTap {
  /// The purpose of a stretch.
  enum Purpose: Hashable {
    case descriptor, directory, redundantDirectory, table
  }
  /// A stretch of the stream.
  struct Stretch {
    let purpose: Purpose
    let start: UInt64
    let count: UInt64
  }

  /// Ascending by start; each is dropped when it has passed.
  private var wanted: [Stretch] = []
  private var next = 0
  private var taken: [UInt8] = []

  /// Wants a stretch; false when its start has passed or another lies across it.
  mutating func want(_ stretches: [Stretch], from position: UInt64) -> [Stretch] {
    var refused: [Stretch] = []
    var rest = Array(wanted[min(next, wanted.count)...])
    // The one being taken now stays first.
    let floor = rest.first.map { taken.isEmpty ? position : $0.start } ?? position
    for stretch in stretches {
      if stretch.start < floor { refused.append(stretch) } else { rest.append(stretch) }
    }
    rest.sort { $0.start < $1.start }
    var kept: [Stretch] = []
    for stretch in rest {
      if let last = kept.last, stretch.start < last.start + last.count {
        // Two directories may share a table; the tables' check reports that.
        if stretch.start != last.start || stretch.count != last.count { refused.append(stretch) }
      } else {
        kept.append(stretch)
      }
    }
    wanted = kept
    next = 0
    return refused
  }

  /// Feeds bytes that lie at `position`; stops after a completed stretch so that it can lead to
  /// further ones.
  /// - Returns: how many bytes were looked at, and the stretch that became complete.
  mutating func feed(
    _ bytes: UnsafeRawBufferPointer, at position: UInt64
  ) -> (used: Int, done: (Stretch, [UInt8])?) {
    guard next < wanted.count else { return (bytes.count, nil) }
    let stretch = wanted[next]
    let end = position + UInt64(bytes.count)
    let from = stretch.start + UInt64(taken.count)
    guard from < end else { return (bytes.count, nil) }
    if taken.isEmpty { taken.reserveCapacity(Int(clamping: min(stretch.count, 32 << 20))) }
    let skip = Int(from - min(position, from))
    let count = Int(min(stretch.count - UInt64(taken.count), end - from))
    unsafe taken.append(contentsOf: bytes[skip..<skip + count])
    guard UInt64(taken.count) == stretch.count else { return (bytes.count, nil) }
    let content = taken
    taken = []
    next += 1
    return (skip + count, (stretch, content))
  }
}

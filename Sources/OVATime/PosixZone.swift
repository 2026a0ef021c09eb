import OVABasics

/// A zone as POSIX's `TZ` variable describes it: `EST5EDT,M3.2.0,M11.1.0`.
struct PosixZone: Hashable {
  /// The moment of a year at which the clock is moved.
  struct Change: Hashable {
    enum Day: Hashable {
      /// The 1st to 5th (5: last) such weekday of a month.
      case weekday(month: Int, week: Int, weekday: Int)
      /// 1 to 365; 29 February is never counted.
      case julian(Int)
      /// 0 to 365; 29 February is counted.
      case zeroBased(Int)
    }
    var day: Day
    /// Seconds after midnight of the wall clock; may be negative or beyond a day.
    var time: Int64
  }

  let standard: ZoneRules.Offset
  let summer: (offset: ZoneRules.Offset, start: Change, end: Change)?

  /// Every offset the rule ever has.
  var offsets: [ZoneRules.Offset] { [standard] + (summer.map { [$0.offset] } ?? []) }

  static func == (a: PosixZone, b: PosixZone) -> Bool {
    a.offsets == b.offsets && a.summer?.start == b.summer?.start && a.summer?.end == b.summer?.end
  }

  func hash(into hasher: inout Hasher) { hasher.combine(standard) }

  func offset(at instant: Int64) -> ZoneRules.Offset {
    guard let summer else { return standard }
    let year = CivilTime(
      secondsSince1970: instant.addingReportingOverflow(standard.seconds).partialValue
    ).year
    guard (-9999...9999).contains(year) else { return standard }
    let start = Self.local(summer.start, year) - standard.seconds
    let end = Self.local(summer.end, year) - summer.offset.seconds
    let isSummer =
      start < end ? instant >= start && instant < end : instant >= start || instant < end
    return isSummer ? summer.offset : standard
  }

  private static func local(_ change: Change, _ year: Int64) -> Int64 {
    let newYear = CivilTime(year: year, month: 1, day: 1).daysSince1970
    let day: Int64 =
      switch change.day {
      case .zeroBased(let n): newYear + Int64(n)
      case .julian(let n): newYear + Int64(n) - (CivilTime.isLeap(year) && n >= 60 ? 0 : 1)
      case .weekday(let month, let week, let weekday):
        Self.day(year, month, week: week, weekday: weekday)
      }
    return day * 86_400 + change.time
  }

  private static func day(_ year: Int64, _ month: Int, week: Int, weekday: Int) -> Int64 {
    let first = CivilTime(year: year, month: month, day: 1).daysSince1970
    let shift = (weekday - CivilTime.weekday(day: first) + 7) % 7
    var day = shift + 7 * (week - 1)
    while day >= CivilTime.days(ofMonth: month, year: year) { day -= 7 }
    return first + Int64(day)
  }
}

extension PosixZone {
  /// Nil when the text is not a POSIX rule.
  init?(_ text: String) {
    var scanner = Scanner(rest: Array(text.utf8)[...])
    guard let name = scanner.name(), let west = scanner.time(limit: 24) else { return nil }
    standard = ZoneRules.Offset(seconds: -west, abbreviation: name)
    guard !scanner.rest.isEmpty else {
      summer = nil
      return
    }
    guard let summerName = scanner.name() else { return nil }
    var east = 3600 - west
    if scanner.rest.first != UInt8(ascii: ",") {
      guard let west = scanner.time(limit: 24) else { return nil }
      east = -west
    }
    guard scanner.take(","), let start = scanner.change(), scanner.take(","),
      let end = scanner.change(), scanner.rest.isEmpty
    else { return nil }
    summer = (ZoneRules.Offset(seconds: east, abbreviation: summerName), start, end)
  }

  private struct Scanner {
    var rest: ArraySlice<UInt8>

    mutating func take(_ scalar: Unicode.Scalar) -> Bool {
      guard rest.first == UInt8(ascii: scalar) else { return false }
      rest.removeFirst()
      return true
    }

    mutating func name() -> String? {
      let quoted = take("<")
      let name = rest.prefix {
        quoted ? $0 != UInt8(ascii: ">") : $0.isASCIILetter
      }
      guard name.count >= 3, name.count <= 32 else { return nil }
      rest.removeFirst(name.count)
      if quoted, !take(">") { return nil }
      return String(decoding: name, as: UTF8.self)
    }

    mutating func number(_ range: ClosedRange<Int>) -> Int? {
      let digits = rest.prefix { $0.isASCIIDigit }
      guard (1...3).contains(digits.count) else { return nil }
      rest.removeFirst(digits.count)
      let value = digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
      return range.contains(value) ? value : nil
    }

    mutating func time(limit: Int) -> Int64? {
      let negative = take("-")
      if !negative { _ = take("+") }
      guard let hours = number(0...limit) else { return nil }
      var seconds = hours * 3600
      for unit in [60, 1] where take(":") {
        guard let value = number(0...59) else { return nil }
        seconds += value * unit
      }
      return Int64(negative ? -seconds : seconds)
    }

    mutating func change() -> Change? {
      let day: Change.Day
      if take("M") {
        guard let month = number(1...12), take("."), let week = number(1...5), take("."),
          let weekday = number(0...6)
        else { return nil }
        day = .weekday(month: month, week: week, weekday: weekday)
      } else if take("J") {
        guard let n = number(1...365) else { return nil }
        day = .julian(n)
      } else {
        guard let n = number(0...365) else { return nil }
        day = .zeroBased(n)
      }
      guard take("/") else { return Change(day: day, time: 7200) }
      return time(limit: 167).map { Change(day: day, time: $0) }
    }
  }
}

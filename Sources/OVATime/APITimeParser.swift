import OVABasics

/// The reason why a text is not a time, in words.
public struct TimeFault: Error, Hashable, Sendable {
  /// The cause: "the zone 'EST' is not one of UTC".
  public let reason: String
  /// The way to fix it, as an instruction.
  public let fix: String
}

extension APITime {
  /// The instant, in seconds since 1970, that a text names; nil when it names none.
  ///
  /// Read are the API's own form, `YYYY-MM-DD`, `YYYY-MM-DD HH:MM[:SS]` with or without a zone's
  /// abbreviation, and ISO 8601: with `T`, fractions (dropped) and an offset, in the basic form
  /// without separators, with the day of the year or the week, with 24:00 and leap seconds. Without
  /// a zone the time is of `zone`. A weekday must be the date's.
  public func instant(from text: String) -> Int64? { try? reading(text).get() }

  /// The instant that a text names, or why it names none.
  public func reading(_ text: String) -> Result<Int64, TimeFault> {
    Result { () throws(TimeFault) in try parse(text) }
  }

  private func parse(_ text: String) throws(TimeFault) -> Int64 {
    var scanner = TimeScanner(rest: Array(text.utf8)[...])
    let date = try scanner.date()
    var time = date.time
    guard time.isReal else { throw .unreal("there is no such day") }
    if scanner.rest.isEmpty { return zone.instant(ofLocal: time.secondsSince1970) }
    let isISO = scanner.take("T") || scanner.take("t")
    guard isISO || scanner.take(" ") else { throw .form }
    if !isISO, let word = scanner.word() {
      let weekday = Self.weekdays[time.weekday]
      guard weekday.lowercased().isExactly(word.lowercased()) else {
        guard Self.weekdays.contains(where: { $0.lowercased().isExactly(word.lowercased()) })
        else { throw .form }
        throw .unreal("that day is a \(weekday), not a \(word.inertWord)")
      }
      guard scanner.take(" ") else { throw .form }
    }
    let extra = try scanner.clock(into: &time, isISO: isISO, isBasic: isISO && date.isBasic)
    guard time.isReal else { throw .unreal("there is no such time of day") }
    return try instant(of: time, zoneText: &scanner).addingReportingOverflow(extra).partialValue
  }

  private func instant(
    of time: CivilTime, zoneText scanner: inout TimeScanner
  ) throws(TimeFault) -> Int64 {
    let local = time.secondsSince1970
    if scanner.rest.isEmpty { return zone.instant(ofLocal: local) }
    _ = scanner.take(" ")
    if let word = scanner.word() {
      guard scanner.rest.isEmpty else { throw .form }
      if let instant = zone.instant(ofLocal: local, abbreviation: word) { return instant }
      if ["UTC", "GMT", "Z"].contains(where: word.uppercased().isExactly) { return local }
      throw TimeFault(
        reason: "'\(word.inertWord)' is no zone of \(zone.name)",
        fix: "name the zone that it is used in with --time-zone, such as "
          + "'\(Self.home(of: word) ?? "America/Toronto")'")
    }
    guard let east = scanner.offset(), scanner.rest.isEmpty else { throw .form }
    return local - east
  }

  /// A place where a zone's abbreviation is used.
  private static func home(of abbreviation: String) -> String? {
    let homes = [
      "EST": "America/Toronto", "EDT": "America/Toronto", "CST": "America/Chicago",
      "CDT": "America/Chicago", "MST": "America/Denver", "MDT": "America/Denver",
      "PST": "America/Los_Angeles", "PDT": "America/Los_Angeles", "CET": "Europe/Berlin",
      "CEST": "Europe/Berlin", "BST": "Europe/London", "IST": "Asia/Kolkata", "JST": "Asia/Tokyo",
      "AEST": "Australia/Sydney", "AEDT": "Australia/Sydney", "MSK": "Europe/Moscow",
    ]
    return homes[abbreviation.uppercased()]
  }
}

extension TimeFault {
  fileprivate static let form = TimeFault(
    reason: "it is not of a form that is read",
    fix: "write it as '2017-11-24 Fri 15:37:36 UTC' or '2017-11-24T15:37:36Z'")

  fileprivate static func unreal(_ reason: String) -> TimeFault {
    TimeFault(reason: reason, fix: "correct the date")
  }
}

extension String {
  /// A word of a time in a message, no longer than such words are.
  fileprivate var inertWord: String { String(prefix(12)) }
}

private struct TimeScanner {
  var rest: ArraySlice<UInt8>

  mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard rest.first == UInt8(ascii: scalar) else { return false }
    rest.removeFirst()
    return true
  }

  /// `2017-11-24`, `20171124`, `2017-328`, `2017W475`, `2017-W47-5`.
  mutating func date() throws(TimeFault) -> (time: CivilTime, isBasic: Bool) {
    guard let year = digits(4) else { throw .form }
    let isBasic = !take("-")
    if take("W") {
      guard let week = digits(2), (1...53).contains(week) else { throw .form }
      var day = 1
      if !rest.isEmpty, isBasic ? rest.first?.isASCIIDigit == true : take("-") {
        guard let number = digits(1), (1...7).contains(number) else { throw .form }
        day = number
      }
      // The week of 4 January is the first; weeks begin with Monday.
      let fourth = CivilTime(year: Int64(year), month: 1, day: 4)
      let monday = fourth.daysSince1970 - Int64((fourth.weekday + 6) % 7)
      let seconds = (monday + Int64((week - 1) * 7 + day - 1)) * 86_400
      return (CivilTime(secondsSince1970: seconds), isBasic)
    }
    let run = rest.prefix { $0.isASCIIDigit }.count
    if run == 3, let dayOfYear = digits(3) {
      let last = CivilTime.isLeap(Int64(year)) ? 366 : 365
      guard (1...last).contains(dayOfYear) else { throw .unreal("there is no such day") }
      let start = CivilTime(year: Int64(year), month: 1, day: 1).daysSince1970
      return (
        CivilTime(secondsSince1970: (start + Int64(dayOfYear) - 1) * 86_400), isBasic
      )
    }
    guard let month = digits(2), isBasic || take("-"), let day = digits(2) else { throw .form }
    return (CivilTime(year: Int64(year), month: month, day: day), isBasic)
  }

  /// Reads `15:37[:36[.5]]`, or `1537[36[,5]]` in the basic form; what is to be added to the time
  /// that fits on a clock, in seconds: of 24:00 and of a leap second.
  mutating func clock(
    into time: inout CivilTime, isISO: Bool, isBasic: Bool
  ) throws(TimeFault) -> Int64 {
    guard let hour = digits(2) else { throw .form }
    time.hour = hour
    func isNext(_ scanner: inout TimeScanner) -> Bool {
      isBasic ? scanner.rest.first?.isASCIIDigit == true : scanner.take(":")
    }
    guard isNext(&self), let minute = digits(2) else { throw .form }
    time.minute = minute
    if isNext(&self) {
      guard let second = digits(2) else { throw .form }
      time.second = second
      if take(".") || take(","), !fraction() { throw .form }
    }
    guard isISO else { return 0 }
    if time.second == 60 {
      time.second = 59
      return 1
    }
    if time.hour == 24, time.minute == 0, time.second == 0 {
      time.hour = 0
      return 86_400
    }
    return 0
  }

  mutating func digits(_ count: Int) -> Int? {
    let digits = rest.prefix(count)
    guard digits.count == count, digits.allSatisfy(\.isASCIIDigit) else { return nil }
    rest.removeFirst(count)
    return digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
  }

  /// Drops at least one digit.
  mutating func fraction() -> Bool {
    let count = rest.prefix { $0.isASCIIDigit }.count
    rest.removeFirst(count)
    return count > 0
  }

  mutating func word() -> String? {
    let letters = rest.prefix { $0.isASCIILetter }
    guard !letters.isEmpty else { return nil }
    rest.removeFirst(letters.count)
    return String(decoding: letters, as: UTF8.self)
  }

  /// Seconds east of UTC: `+05:30`, `-0500`, `-03`.
  mutating func offset() -> Int64? {
    let west = take("-")
    guard west || take("+"), let hours = digits(2), hours < 24 else { return nil }
    var minutes = 0
    if !rest.isEmpty {
      _ = take(":")
      guard let number = digits(2), number < 60 else { return nil }
      minutes = number
    }
    let seconds = Int64(hours * 3600 + minutes * 60)
    return west ? -seconds : seconds
  }
}

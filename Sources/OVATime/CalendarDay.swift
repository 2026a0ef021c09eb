/// A day of the Gregorian calendar, as configurations write it: `2027-03-01`.
public struct CalendarDay: Hashable, Sendable, Comparable, CustomStringConvertible {
  private let time: CivilTime

  /// Reads `YYYY-MM-DD`; nil for other text and for days that no month has.
  public init?(_ text: String) {
    let parts = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    guard parts.count == 3, parts.map(\.count) == [4, 2, 2],
      parts.joined().allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
      let year = Int64(Substring(parts[0])), let month = Int(Substring(parts[1])),
      let day = Int(Substring(parts[2])), (1...12).contains(month),
      (1...CivilTime.days(ofMonth: month, year: year)).contains(day)
    else { return nil }
    time = CivilTime(year: year, month: month, day: day)
  }

  /// The day in UTC of a time, in seconds since 1970.
  public init(secondsSince1970 seconds: Int64) {
    let time = CivilTime(secondsSince1970: seconds)
    self.time = CivilTime(year: time.year, month: time.month, day: time.day)
  }

  /// Orders by time.
  public static func < (a: CalendarDay, b: CalendarDay) -> Bool {
    (a.time.year, a.time.month, a.time.day) < (b.time.year, b.time.month, b.time.day)
  }

  /// `YYYY-MM-DD`.
  public var description: String {
    func digits(_ number: some BinaryInteger, _ count: Int) -> String {
      let text = String(number)
      return String(repeating: "0", count: max(0, count - text.count)) + text
    }
    return "\(digits(time.year, 4))-\(digits(time.month, 2))-\(digits(time.day, 2))"
  }
}

import Glibc
import OVABasics
import OVATime

/// Dates as header fields and requests have them.
enum HTTPDate {
  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  /// The seconds since 1970 of a date of the usual form: `Sun, 06 Nov 1994 08:49:37 GMT`.
  static func seconds(_ text: String) -> Int64? {
    let words = text.split { $0 == " " || $0 == "," }
    guard words.count == 6, words[5] == "GMT" || words[5] == "UTC",
      let month = months.firstIndex(of: String(words[2]))
    else { return nil }
    return seconds(
      day: words[1], month: month + 1, year: words[3], clock: words[4].split(separator: ":"))
  }

  /// The seconds since 1970 of a time of ISO 8601, as listings have it: `2026-11-30T04:05:06.000Z`;
  /// parts of a second are left out. Without a zone it is of UTC.
  static func secondsOfISO(_ text: String) -> Int64? { APITime(zone: .utc).instant(from: text) }

  private static func seconds(
    day: Substring, month: Int, year: Substring, clock: [Substring]
  ) -> Int64? {
    guard clock.count == 3, let day = Int32(day), let year = Int32(year),
      let hour = Int32(clock[0]), let minute = Int32(clock[1]), let second = Int32(clock[2]),
      (1...31).contains(day), (1...12).contains(month), (1900...9999).contains(year),
      (0...23).contains(hour), (0...59).contains(minute), (0...60).contains(second)
    else { return nil }
    var time = unsafe tm()
    unsafe time.tm_year = year - 1900
    unsafe time.tm_mon = Int32(month - 1)
    unsafe time.tm_mday = day
    unsafe time.tm_hour = hour
    unsafe time.tm_min = minute
    unsafe time.tm_sec = second
    return Int64(unsafe timegm(&time))
  }

  /// A time as `strftime` writes it, in UTC.
  static func text(_ seconds: Int64, _ format: String) -> String {
    var clock = time_t(seconds)
    var time = unsafe tm()
    guard unsafe gmtime_r(&clock, &time) != nil else { return "" }
    return unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: 64) { buffer in
      guard let start = buffer.baseAddress,
        unsafe strftime(start, buffer.count, format, &time) > 0
      else { return "" }
      return unsafe String(cString: start)
    }
  }
}

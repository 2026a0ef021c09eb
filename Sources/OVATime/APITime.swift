/// Times as the image API writes them, in one zone: `2017-11-24 Fri 15:37:36 EST`.
public struct APITime: Hashable, Sendable {
  /// The zone that times are printed in and that those without one are read in.
  public let zone: ZoneRules

  /// Times in a zone.
  public init(zone: ZoneRules) { self.zone = zone }

  static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]

  /// `2017-11-24 Fri 15:37:36 EST`.
  public func string(from instant: Int64) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(27)
    append(instant, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Appends what `string(from:)` returns.
  public func append(_ instant: Int64, to bytes: inout [UInt8]) {
    let offset = zone.offset(at: instant)
    let (local, overflow) = instant.addingReportingOverflow(offset.seconds)
    let time = CivilTime(secondsSince1970: overflow ? instant : local)
    Self.appendDate(time, to: &bytes)
    bytes.append(UInt8(ascii: " "))
    let days = CivilTime.floorDivide(overflow ? instant : local, 86_400)
    bytes.append(contentsOf: Self.weekdays[CivilTime.weekday(day: days)].utf8)
    bytes.append(UInt8(ascii: " "))
    Self.appendClock(time, to: &bytes)
    bytes.append(UInt8(ascii: " "))
    bytes.append(contentsOf: offset.abbreviation.utf8)
  }

  /// Appends `2017-11-24 20:37:36+00:00`, which every SQL database reads as the instant.
  package static func appendUTC(_ instant: Int64, to bytes: inout [UInt8]) {
    let time = CivilTime(secondsSince1970: instant)
    appendDate(time, to: &bytes)
    bytes.append(UInt8(ascii: " "))
    appendClock(time, to: &bytes)
    bytes.append(contentsOf: "+00:00".utf8)
  }

  private static func appendDate(_ time: CivilTime, to bytes: inout [UInt8]) {
    if (0...9999).contains(time.year) {
      appendTwo(Int(time.year / 100), to: &bytes)
      appendTwo(Int(time.year % 100), to: &bytes)
    } else {
      bytes.append(contentsOf: String(time.year).utf8)
    }
    bytes.append(UInt8(ascii: "-"))
    appendTwo(time.month, to: &bytes)
    bytes.append(UInt8(ascii: "-"))
    appendTwo(time.day, to: &bytes)
  }

  private static func appendClock(_ time: CivilTime, to bytes: inout [UInt8]) {
    appendTwo(time.hour, to: &bytes)
    bytes.append(UInt8(ascii: ":"))
    appendTwo(time.minute, to: &bytes)
    bytes.append(UInt8(ascii: ":"))
    appendTwo(time.second, to: &bytes)
  }

  private static func appendTwo(_ number: Int, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number / 10 % 10))
    bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number % 10))
  }
}

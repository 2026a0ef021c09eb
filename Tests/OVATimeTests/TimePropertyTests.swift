import Foundation
import OVATestSupport
import OVATime
import Testing

/// Properties of times, tried on many: printing and reading belong together.
@Suite struct TimePropertyTests {
  /// Zones with and without summer time, whose offsets are of hours, halves and quarters.
  private static let zones = [
    "UTC", "America/Toronto", "America/St_Johns", "Europe/Berlin", "Asia/Kolkata",
    "Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Apia", "Africa/Casablanca",
  ]

  /// Instants of 1990 to 2050, the same in each run.
  private static let instants: [Int64] = {
    var numbers = SeededNumbers(seed: 7)
    return (0..<500).map { _ in Int64.random(in: 631_152_000..<2_524_608_000, using: &numbers) }
  }()

  @Test(arguments: zones)
  func `what is printed is read as the instant that it was printed from`(_ zone: String) throws {
    let times = APITime(zone: try ZoneRules(named: zone))
    for instant in Self.instants {
      let text = times.string(from: instant)
      #expect(times.instant(from: text) == instant, "\(text)")
    }
  }

  @Test(arguments: zones)
  func `the clock of a zone is that of UTC, moved by the offset that Foundation knows`(
    _ zone: String
  ) throws {
    let times = APITime(zone: try ZoneRules(named: zone))
    let utc = APITime(zone: .utc)
    let known = try #require(TimeZone(identifier: zone))
    for instant in Self.instants {
      let date = Date(timeIntervalSince1970: Double(instant))
      let moved = utc.string(from: instant + Int64(known.secondsFromGMT(for: date)))
      // "2017-11-24 Fri 15:37:36", without the zone.
      #expect(times.string(from: instant).prefix(23) == moved.prefix(23))
    }
  }

  @Test func `an ISO 8601 time means the same in every form, whatever the zone of the reader`()
    throws
  {
    let readers = try Self.zones.map { APITime(zone: try ZoneRules(named: $0)) }
    var numbers = SeededNumbers(seed: 8)
    for instant in Self.instants {
      let east = Int64.random(in: -14 * 4...14 * 4, using: &numbers) * 900
      let local = Date(timeIntervalSince1970: Double(instant + east)).formatted(.iso8601).dropLast()
      let sign = east < 0 ? "-" : "+"
      let (hours, minutes) = (abs(east) / 3600, abs(east) % 3600 / 60)
      let offset = String(format: "%@%02d:%02d", sign, hours, minutes)
      let forms = [
        local + offset, local + offset.replacing(":", with: ""), local + ".125" + offset,
        local.replacing("-", with: "").replacing(":", with: "")
          + offset.replacing(":", with: ""),
        local.replacing("T", with: "t") + offset,
      ]
      let reader = readers.randomElement(using: &numbers) ?? APITime(zone: .utc)
      for form in forms { #expect(reader.instant(from: String(form)) == instant, "\(form)") }
    }
  }

  @Test func `a text that is read at all stands for the same instant when it is printed`() throws {
    let times = APITime(zone: try ZoneRules(named: "America/Toronto"))
    let letters = Array("0123456789-: TZWESD+./".unicodeScalars)
    var numbers = SeededNumbers(seed: 9)
    var read = 0
    for instant in Self.instants {
      for _ in 0..<10 {
        var scalars = Array(times.string(from: instant).unicodeScalars)
        let place = Int.random(in: 0..<scalars.count, using: &numbers)
        scalars[place] = letters.randomElement(using: &numbers) ?? "0"
        var text = ""
        text.unicodeScalars.append(contentsOf: scalars)
        guard let found = times.instant(from: text) else { continue }
        read += 1
        #expect(times.instant(from: times.string(from: found)) == found, "\(text)")
      }
    }
    #expect(read > 100)
  }
}

import Foundation
import OVABasics
import OVATime
import Testing

@Suite struct APITimeTests {
  let toronto: APITime

  init() throws { toronto = try APITime(zone: ZoneRules(named: "America/Toronto")) }

  @Test(arguments: [
    (Int64(1_511_555_856), "2017-11-24 Fri 15:37:36 EST"),
    (1_518_194_225, "2018-02-09 Fri 11:37:05 EST"),
    (1_531_943_209, "2018-07-18 Wed 15:46:49 EDT"), (0, "1969-12-31 Wed 19:00:00 EST"),
    (4_100_000_000, "2099-12-03 Thu 11:53:20 EST"), (4_087_000_000, "2099-07-06 Mon 01:46:40 EDT"),
  ])
  func anInstantIsPrintedAsTheAPIDoes(instant: Int64, text: String) {
    #expect(toronto.string(from: instant) == text)
    #expect(toronto.instant(from: text) == instant)
  }

  @Test func theHourThatComesTwiceIsTwoInstants() {
    let summer = toronto.instant(from: "2019-11-03 01:30 EDT")
    let winter = toronto.instant(from: "2019-11-03 01:10 EST")
    #expect(summer == 1_572_759_000)
    #expect(winter == 1_572_761_400)
    #expect(toronto.string(from: 1_572_759_000) == "2019-11-03 Sun 01:30:00 EDT")
    #expect(toronto.string(from: 1_572_761_400) == "2019-11-03 Sun 01:10:00 EST")
    #expect(toronto.instant(from: "2019-11-03 01:30") == summer)
  }

  @Test func theHourThatIsSkippedIsReadAsIfTheClockStoodStill() {
    #expect(toronto.instant(from: "2019-03-10 02:30") == toronto.instant(from: "2019-03-10 03:30"))
  }

  @Test(arguments: [
    "2018-02-09 11:37:05 EST", "2018-02-09 11:37:05", "2018-02-09 12:37:05 EDT",
    "2018-02-09T16:37:05Z", "2018-02-09T16:37:05.987Z", "2018-02-09T11:37:05-05:00",
    "2018-02-09T11:37:05-0500", "2018-02-09 Fri 16:37:05 UTC", "2018-02-09t18:37:05+02",
    "2018-02-09 fri 11:37:05 est",
  ])
  func everyAcceptedFormNamesTheSameInstant(text: String) {
    #expect(toronto.instant(from: text) == 1_518_194_225)
  }

  @Test func aDateIsItsMidnightAndSecondsMayBeLeftOut() {
    #expect(
      toronto.string(from: toronto.instant(from: "2018-07-18") ?? 0).hasSuffix("00:00:00 EDT"))
    #expect(toronto.instant(from: "2018-02-09 11:37") == 1_518_194_220)
  }

  @Test(arguments: [
    "", "yesterday", "2018-02-30", "2018-13-01", "2018-2-9", "2018-02-09 24:00",
    "2018-02-09 Sat 11:37:05 EST", "2018-02-09 11:37:05 PST", "2018-02-09 11:37:05 EST ",
    "2018-02-09T11:37:05.", "2018-02-09T11:37:05+5", "0000-01-01", "2018-02-09 11:37:60",
  ])
  func otherTextNamesNoInstant(text: String) {
    #expect(toronto.instant(from: text) == nil)
  }

  @Test(arguments: [
    "America/Toronto", "Europe/Zurich", "Asia/Kolkata", "Australia/Lord_Howe", "Europe/Dublin",
    "America/Sao_Paulo", "Pacific/Apia", "Africa/Casablanca", "Antarctica/Troll",
  ])
  func theOffsetIsThatOfTheSystemsOwnCalendarAtAnyTime(name: String) throws {
    let times = try APITime(zone: ZoneRules(named: name))
    let zone = try #require(TimeZone(identifier: name))
    var instant: Int64 = -500_000_000
    while instant < 2_100_000_000 {
      instant += 1_234_567
      let text = times.string(from: instant)
      #expect(times.instant(from: text) == instant, "\(text)")
      var calendar = Calendar(identifier: .gregorian)
      calendar.timeZone = zone
      let parts = calendar.dateComponents(
        [.year, .month, .day, .hour, .minute, .second, .weekday],
        from: Date(timeIntervalSince1970: Double(instant)))
      let expected = String(
        format: "%04d-%02d-%02d %@ %02d:%02d:%02d", parts.year ?? 0, parts.month ?? 0,
        parts.day ?? 0,
        ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"][(parts.weekday ?? 1) - 1],
        parts.hour ?? 0, parts.minute ?? 0, parts.second ?? 0)
      #expect(text.hasPrefix(expected), "\(name) \(instant)")
    }
  }

  @Test func aPOSIXRuleStandsForAZone() throws {
    let rule = try APITime(zone: ZoneRules(named: "EST5EDT,M3.2.0,M11.1.0"))
    for instant in stride(from: Int64(1_200_000_000), to: 2_000_000_000, by: 999_983) {
      #expect(rule.string(from: instant) == toronto.string(from: instant))
    }
  }

  @Test(arguments: ["", "Mars/Olympus", "../../etc/passwd", "/etc/localtime", "EST5EDT,M13.1.0,J1"])
  func anUnknownZoneIsAnErrorThatSaysWhatToDo(name: String) {
    let error = #expect(throws: TimeError.self) { try APITime(zone: ZoneRules(named: name)) }
    #expect(error?.code == .unknownTimeZone)
    #expect(error?.fix?.contains("tzdata") == true)
  }

  @Test(arguments: [Int64.min, -62_200_000_000, 253_402_300_800, Int64.max])
  func anyNumberIsPrintedAndNoneTraps(instant: Int64) {
    #expect(!toronto.string(from: instant).isEmpty)
  }
}

import OVATime
import Testing

@Suite struct CalendarDayTests {
  @Test(arguments: ["2026-11-30", "2024-02-29", "2000-02-29", "0001-01-01", "9999-12-31"])
  func `a day is written as it is read`(text: String) {
    #expect(CalendarDay(text)?.description == text)
  }

  @Test(arguments: [
    "", "2026-11-31", "2023-02-29", "1900-02-29", "2026-13-01", "2026-00-10", "2026-01-00",
    "2026-1-01", "26-01-01", "2026/01/01", "2026-01-01T00:00", "2026-01-0١", "-2026-01-01",
    "+026-01-01",
  ])
  func `what is no day is refused`(text: String) { #expect(CalendarDay(text) == nil) }

  @Test(
    arguments: [
      (0, "1970-01-01"), (86_399, "1970-01-01"), (86_400, "1970-01-02"), (-1, "1969-12-31"),
      (1_796_083_199, "2026-11-30"), (1_796_083_200, "2026-12-01"),
    ] as [(Int64, String)])
  func `a time lies in the day of UTC`(seconds: Int64, text: String) {
    #expect(CalendarDay(secondsSince1970: seconds).description == text)
  }

  @Test func `days are in the order of time`() throws {
    let days = ["2025-12-31", "2026-01-01", "2026-01-02", "2026-02-01"].compactMap(CalendarDay.init)
    #expect(days.count == 4)
    #expect(days == days.shuffled().sorted())
  }
}

import OVABasics
import OVAPolicy
import OVARules
import OVATargets
import OVATime
import Testing

/// Tests of the findings that remain after selections, ignore files and baselines.
@Suite struct FindingReviewTests {
  private static let base = BasePath("/ci", workingFolder: "/ci")

  private static func day(_ text: String) throws -> CalendarDay { try #require(CalendarDay(text)) }

  private func item(_ rule: String, file: String = "images/web.ova/web.ovf") -> FindingReview.Item {
    FindingReview.Item(
      Finding(
        rule: rule, severity: .warning, message: "something", place: Place(file, line: 4),
        fix: "Fix it."), FindingSubject(rule: rule))
  }

  private func entry(
    _ rule: String, path: String? = nil, expires: String? = nil, line: Int = 2
  ) throws -> IgnoreList.Entry {
    IgnoreList.Entry(
      rule: try RuleName(rule), path: path.flatMap { IgnorePath($0, from: Self.base) },
      reason: "known", expires: try expires.map(Self.day),
      place: Place(".ovaignore.yaml", line: line))
  }

  private func list(_ entries: [IgnoreList.Entry]) -> IgnoreList {
    IgnoreList(file: ".ovaignore.yaml", base: Self.base, entries: entries)
  }

  private func review(
    _ entries: [IgnoreList.Entry], today: String = "2026-11-30", isJudgedWhole: Bool = true,
    selection: RuleSelection = RuleSelection()
  ) throws -> (suppressed: [Suppression?], entryFindings: [String]) {
    var review = FindingReview(selection: selection, today: try Self.day(today))
    let suppressed = review.suppressions(
      of: [item("manifest-absent"), item("disk-blank", file: "images/web.ova/web-disk1.vmdk")],
      in: .init(path: "images/web.ova", isJudgedWhole: isJudgedWhole), ignoreList: list(entries))
    return (
      suppressed,
      review.ignoreFiles().flatMap { $0.items }.map { "\($0.finding.rule) \($0.finding.place)" }
    )
  }

  @Test(
    arguments: [
      (nil, true), ("images/", true), ("images/web.ova", true), ("*.ova", true),
      ("images/web.ova/web.ovf", true), ("*.ovf", true), ("web.ova", true), ("**/web.ovf", true),
      ("other/", false), ("images/*.ovf", false), ("*.vmdk", false),
    ] as [(String?, Bool)])
  func `an entry means packages, folders of packages and files in them`(
    path: String?, isMeant: Bool
  ) throws {
    let entry = try entry("manifest-absent", path: path)
    let suppressed = try review([entry]).suppressed
    #expect(
      suppressed == [
        isMeant ? Suppression(.ignoreFile, reason: "known", place: entry.place) : nil, nil,
      ])
  }

  @Test(arguments: [
    ("2026-12-01", true), ("2026-11-30", false), ("2026-11-29", false), ("2025-12-31", false),
    ("2027-01-01", true),
  ])
  func `an entry holds until the day before the one that it names`(
    expires: String, holds: Bool
  ) throws {
    let (suppressed, findings) = try review([entry("manifest-absent", expires: expires)])
    #expect((suppressed[0] != nil) == holds)
    #expect(suppressed[0]?.expires == (holds ? expires : nil))
    #expect(findings == (holds ? [] : ["ignore-expired .ovaignore.yaml:2"]))
  }

  @Test func `an entry that hid nothing is told, unless something was not judged`() throws {
    let unused = try entry("manifest-unreadable")
    #expect(try review([unused]).entryFindings == ["ignore-unused .ovaignore.yaml:2"])
    #expect(try review([unused], isJudgedWhole: false).entryFindings == [])
    // Nothing of such packages or targets was checked.
    #expect(try review([entry("manifest-unreadable", path: "other/")]).entryFindings == [])
    #expect(try review([entry("vb-pax")]).entryFindings == [])
    #expect(
      try review([entry("disk-order", path: "images/web.ova/web.ovf")]).entryFindings
        == ["ignore-unused .ovaignore.yaml:2"])
  }

  @Test func `of two entries for one finding both are used, and the first is the reason`() throws {
    let first = try entry("manifest-absent", line: 2)
    let (suppressed, findings) = try review([first, entry("manifest", line: 5)])
    #expect(suppressed[0]?.place == first.place)
    #expect(findings == [])
  }

  @Test func `an entry for what the selection leaves out is not called unused for it`() throws {
    let selection = RuleSelection(ignored: [try RuleName("manifest")])
    let (suppressed, findings) = try review([entry("manifest-absent")], selection: selection)
    #expect(suppressed[0]?.kind == .selection)
    #expect(findings == [])
  }

  // MARK: Baselines

  @Test func `a baseline that was written hides the same findings, and no others`() throws {
    var writing = FindingReview(
      newBaseline: .init(base: Self.base), today: try Self.day("2026-11-30"))
    let known = [item("manifest-absent"), item("manifest-absent"), item("disk-blank")]
    let package = FindingReview.Reviewed(path: "images/web.ova")
    let first = writing.suppressions(of: known, in: package, ignoreList: nil)
    #expect(first.allSatisfy { $0?.kind == .baseline })
    let entries = try #require(writing.newBaseline).entries
    #expect(entries.map(\.file) == Array(repeating: "images/web.ova/web.ovf", count: 3))
    #expect(Set(entries).count == 3)

    let baseline = Baseline(file: "baseline.json", base: Self.base, entries: entries)
    var reading = FindingReview(baseline: baseline, today: try Self.day("2026-11-30"))
    let later = reading.suppressions(
      of: known + [item("manifest-absent"), item("disk-order")], in: package, ignoreList: nil)
    #expect(later.map { $0 == nil } == [false, false, false, true, true])
    #expect(
      later[0]
        == Suppression(.baseline, reason: "it is in the baseline", place: Place("baseline.json")))
  }

  @Test func `entries of the baseline that are found no more are told, if they could be found`()
    throws
  {
    func entry(_ number: Int, _ rule: String, _ file: String) throws -> Baseline.Entry {
      let digits = String(repeating: "0", count: 31) + "\(number)"
      return Baseline.Entry(
        fingerprint: try #require(FindingFingerprint(digits)), rule: rule, file: file,
        message: "m", place: Place("baseline.json", line: number))
    }
    let entries = [
      try entry(1, "manifest-absent", "images/web.ova/web.ovf"),
      try entry(2, "manifest-absent", "images/web.ova"),
      try entry(3, "manifest-absent", "images/webs.ova"),
      try entry(4, "vs-family", "images/web.ova/web.ovf"),
      try entry(5, "vb-pax", "images/web.ova/web.ovf"),
      try entry(6, "a-rule-of-old", "images/web.ova"),
      try entry(7, "manifest-absent", "images/broken.ova"),
    ]
    var review = FindingReview(
      baseline: Baseline(file: "baseline.json", base: Self.base, entries: entries),
      today: try Self.day("2026-11-30"))
    _ = review.suppressions(
      of: [], in: .init(path: "images/web.ova", targets: [try Target.named("vsphere")]),
      ignoreList: nil)
    _ = review.suppressions(
      of: [], in: .init(path: "images/broken.ova", isJudgedWhole: false), ignoreList: nil)
    let (file, items) = try #require(review.baselineFile())
    #expect(file == "baseline.json")
    #expect(items.map(\.finding.place.line) == [1, 2, 4, 6])
    #expect(items.allSatisfy { $0.finding.rule == "baseline-unused" })
    let first = try #require(items.first?.finding)
    #expect(first.severity == .info)
    #expect(first.message == "the entry for 'manifest-absent' is found no more")
    #expect(first.found == "images/web.ova/web.ovf: m")
  }

  @Test func `the same findings give the same baseline in any order`() throws {
    func document(_ items: [FindingReview.Item]) throws -> [UInt8] {
      var review = FindingReview(
        newBaseline: .init(base: Self.base), today: try Self.day("2026-11-30"))
      for item in items {
        _ = review.suppressions(
          of: [item], in: .init(path: "images/web.ova"), ignoreList: nil)
      }
      return Baseline.document(try #require(review.newBaseline).entries).pretty()
    }
    let items = [item("manifest-absent"), item("disk-blank"), item("disk-order")]
    #expect(try document(items) == document(items.reversed()))
  }
}

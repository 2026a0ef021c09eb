import OVABasics
import OVACatalog
import OVATestSupport
import OVATime
import Testing

@Suite struct FilterTests {
  let times: APITime
  let record: Record

  init() throws {
    times = try APITime(zoneNamed: "America/Toronto")
    record = Record(
      id: 24, name: "Ubuntu-18, x.ova", dataStore: "ds", folder: nil, label: "l", path: "[ds] p",
      isPublic: true, createdOn: 1_572_759_000, updatedOn: 1_518_194_225)
  }

  @Test(arguments: [
    "id,eq,24", "id,ne,25", "id,lt,25", "id,le,24", "id,gt,-1", "id,ge,24", "id,in,1,24",
    "name,eq,Ubuntu-18, x.ova", "name,like,ubu%-18%", "name,like,UBUNTU___, X.OVA",
    "name,like,%", "name,gt,UB", "public,eq,TRUE", "public,eq,1", "public,ne,false",
    "public,gt,0", "id,eq,24;name,like,u%", ";;id,eq,24;", "name,in,a,Ubuntu-18",
    "created_on,lt,2019-11-03 01:10 EST", "created_on,eq,2019-11-03 Sun 01:30:00 EDT",
    "updated_on,ge,2018-02-09", "updated_on,in,2018-02-09T16:37:05Z", "", "None,None",
  ])
  func theRecordMeetsTheFilter(text: String) throws {
    // 'in' splits at every comma, so no value of it holds one.
    let expected = text != "name,in,a,Ubuntu-18"
    #expect(try Filter(text, times: times).matches(record) == expected)
  }

  @Test(arguments: [
    "id,eq,25", "name,eq,ubuntu-18, x.ova", "name,like,ubuntu", "name,eq,", "public,eq,false",
    "folder,eq,x", "folder,ne,x", "folder,like,%", "folder,in,", "id,eq,24;id,eq,25",
  ])
  func theRecordDoesNotMeetTheFilter(text: String) throws {
    #expect(try !Filter(text, times: times).matches(record))
  }

  @Test(arguments: [
    ("hue,eq,x", "hue"), ("name,similar,x", "similar"), ("name,eq", "name,eq"),
    ("name", "name"), ("id,eq,abc", "abc"), ("id,eq,+24", "+24"), ("id,eq,", "id"),
    ("id,eq,99999999999999999999", "99999999999999999999"), ("id,like,2%", "like"),
    ("public,eq,maybe", "maybe"), ("created_on,eq,yesterday", "yesterday"),
    ("NAME,eq,x", "NAME"), ("name,EQ,x", "EQ"), ("id,in,1,x", "x"), ("name,eq,a\0", "NUL"),
    ("created_on,like,2017%", "like"),
  ])
  func aFilterWithoutMeaningSaysWhichPart(text: String, word: String) {
    let error = #expect(throws: CatalogError.self) { try Filter(text, times: times) }
    #expect(error?.code == .invalidParameterValue)
    #expect(error?.parameterMessage.hasPrefix("InvalidParameterValue: filter: ") == true)
    #expect(error?.reason.contains(word) == true)
  }

  @Test(arguments: ["hue", "path,up", "path,asc,x", ",asc", "path,ASC"])
  func aSortWithoutMeaningIsRefused(text: String) {
    let error = #expect(throws: CatalogError.self) { try Sort(text) }
    #expect(error?.parameterMessage.hasPrefix("InvalidParameterValue: sort: ") == true)
  }

  @Test func rowsThatTieKeepTheirOrderInBothDirections() throws {
    let rows = [image(3, "b"), image(1, "a", store: "x"), image(2, "b", store: "y")]
    #expect(try Sort("name").sorted(rows).map(\.id) == [1, 3, 2])
    #expect(try Sort("name,desc").sorted(rows).map(\.id) == [3, 2, 1])
    #expect(try Sort("name,desc;id,asc").sorted(rows).map(\.id) == [2, 3, 1])
    #expect(try Sort("folder,desc").sorted(rows).map(\.id) == [3, 1, 2])
    #expect(try Sort("").sorted(rows) == rows)
  }

  @Test(arguments: [
    ("status,eq,Processed", "PROCESSED", true), ("status,eq,processed", "PROCESSED", true),
    ("status,eq,In Progress", "IN_PROGRESS", true),
    ("status,in,ERROR,IN_PROGRESS", "IN_PROGRESS", true),
    ("status,eq,Error Processed", "ERROR", true), ("status,like,in pro%", "IN_PROGRESS", true),
    ("status,ne,PROCESSED", "PROCESSED", false), ("status,eq,Nonsense", "ERROR", false),
  ])
  func aRequestsStatusIsFoundByEitherSpelling(text: String, status: String, found: Bool) throws {
    let row = SyncRequestRow(
      id: 1, username: "u", status: try #require(RequestStatus(rawValue: status)), type: "VM",
      taskID: nil, createdOn: 0, updatedOn: 0)
    #expect(try Filter(text, fields: .requests, times: times).matches(row) == found)
  }

  @Test func soManyClausesAreTakenAndNoMore() throws {
    let folder = try TemporaryFolder()
    let store = try CatalogStore(path: TestDatabase.location(folder.file("c.sqlite")))
    try store.write { try $0.importRecords([image(2, "a.ova")]) }
    let most = Array(repeating: "id,gt,1", count: Filter.mostClauses).joined(separator: ";")
    let query = ImageQuery(scope: .all, filter: try Filter(most, times: times))
    #expect(try store.read { try $0.page(query, paging: Paging()).total } == 1)
    #expect(throws: CatalogError.self) { try Filter("\(most);id,gt,1", times: times) }
  }
}

@Suite struct LikePatternTests {
  @Test(arguments: [
    ("", "", true), ("", "a", false), ("%", "", true), ("_", "", false), ("a%b%c", "aXbYc", true),
    ("a%b%c", "aXcYb", false), ("%mid%", "xMIDx", true), ("_", "\u{1F600}", true),
    ("emoji-_-ova.ova", "emoji-\u{1F600}-ova.ova", true), ("_", "e\u{301}", false),
    ("__", "e\u{301}", true), ("GRÖSSE%", "größe", false), ("GRÖ%", "größe", true),
    ("ΟΔΟΣ", "οδος", true), ("東京-サーバー.ova", "東京-サーバー.ova", true), ("k", "\u{212A}", false),
    ("a.c", "abc", false), ("\\%", "\\x", true), ("[a]%", "[A]b", true), ("%%%_%", "x", true),
    ("caf\u{E9}", "cafe\u{301}", false), ("i", "\u{130}", false), ("ı", "I", false),
  ])
  func aPatternIsTheWholeText(pattern: String, text: String, matches: Bool) {
    #expect(LikePattern(pattern).matches(text) == matches)
  }

  @Test func aHostilePatternIsDoneAtOnce() {
    let pattern = LikePattern(String(repeating: "%a", count: 60) + "%b")
    let clock = ContinuousClock()
    let time = clock.measure { #expect(!pattern.matches(String(repeating: "a", count: 5000))) }
    #expect(time < .seconds(2))
  }
}

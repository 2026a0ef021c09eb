import Foundation
import OVABasics
import OVACatalog
import OVATestSupport
import OVATime
import Testing

@Suite struct StoreTests {
  let folder: TemporaryFolder
  let store: CatalogStore
  let publicList = ImageQuery(scope: .everybody)

  init() throws {
    folder = try TemporaryFolder()
    store = try CatalogStore(path: TestDatabase.location(folder.file("catalog.sqlite")))
  }

  @Test func aPackageIsKeptAsItWasGiven() throws {
    var row = package("x/a.ova", digest: "aa")
    let saved = try store.write { try $0.save(row, now: 5) }
    #expect(saved == SaveResult(id: 1, change: .added))
    row.record.id = 1
    #expect(try store.read { try $0.package(id: 1, scope: .everybody) } == row)
    #expect(try store.read { try $0.package(id: 1, scope: .user("u")) } == nil)
    #expect(try store.read { try $0.page(publicList).rows } == [row.record])
    try store.verify()
  }

  @Test func aPackageThatComesBackGetsItsIdBack() throws {
    try store.write { writer in
      #expect(try writer.save(package("a.ova"), now: 1).id == 1)
      #expect(try writer.save(package("b.ova"), now: 1).id == 2)
      try writer.markGone([2], now: 2)
      #expect(try writer.save(package("c.ova"), now: 3).id == 3)
      #expect(try writer.reader.page(publicList).rows.map(\.id) == [1, 3])
      #expect(try writer.reader.record(id: 2, scope: .everybody) == nil)
      let back = try writer.save(package("b.ova"), now: 4)
      #expect(back == SaveResult(id: 2, change: .returned))
      #expect(try writer.reader.page(publicList).rows.map(\.id) == [1, 2, 3])
    }
  }

  @Test func theIdOfTheNewestThatIsGoneIsNotUsedAgain() throws {
    try store.write { writer in
      try writer.save(package("a.ova"), now: 1)
      try writer.markGone([1], now: 2)
      #expect(try writer.save(package("b.ova"), now: 3).id == 2)
    }
  }

  @Test func createdOnStaysAndUpdatedOnMovesWithTheContent() throws {
    try store.write { writer in
      try writer.save(package("a.ova", created: 10, updated: 20), now: 1)
      let same = try writer.save(package("a.ova", created: 30, updated: 40), now: 2)
      #expect(same.change == .unchanged)
      #expect(try writer.reader.record(id: 1, scope: .all)?.updatedOn == 20)
      let moved = try writer.save(package("a.ova", size: 11, created: 50, updated: 60), now: 3)
      #expect(moved.change == .changed)
      let record = try writer.reader.record(id: 1, scope: .all)
      #expect(record?.createdOn == 10)
      #expect(record?.updatedOn == 60)
    }
  }

  @Test func aNewTimeAloneIsNoNewContentWhenTheDigestsAgree() throws {
    try store.write { writer in
      try writer.save(package("a.ova", modified: 1, digest: "aa", updated: 20), now: 1)
      let touched = package("a.ova", modified: 2, digest: "aa", updated: 30)
      #expect(try writer.save(touched, now: 2).change == .unchanged)
      let rotten = package("a.ova", modified: 2, digest: "bb", updated: 30)
      #expect(try writer.save(rotten, now: 3).change == .changed)
      #expect(try writer.save(package("a.ova", modified: 3), now: 4).change == .changed)
    }
  }

  @Test func digestsAreKeptWhileSizeTimeAndInodeAreTheSame() throws {
    try store.write { writer in
      try writer.save(package("a.ova", digest: "aa"), now: 1)
      try writer.save(package("a.ova"), now: 2)
      #expect(try writer.reader.files(of: 1)[0].digests == ["sha256": "aa"])
      try writer.save(package("a.ova", inode: 2), now: 3)
      #expect(try writer.reader.files(of: 1)[0].digests.isEmpty)
    }
  }

  @Test func digestsOfOtherFactsAreNotStored() throws {
    try store.write { writer in
      try writer.save(package("a.ova"), now: 1)
      var file = package("a.ova", digest: "aa").files[0]
      #expect(try writer.saveDigests(of: 1, files: [file], now: 2) == 1)
      #expect(try writer.reader.files(of: 1)[0].digests == ["sha256": "aa"])
      file.modified += 1
      #expect(try writer.saveDigests(of: 1, files: [file], now: 2) == 0)
    }
  }

  @Test func anImportKeepsIdsTimesAndOrder() throws {
    let records = [31, 29, 35, 24].map {
      image($0, "f/\($0).ova", created: $0 * 10, updated: $0 * 20)
    }
    try store.write { try $0.importRecords(records) }
    #expect(try store.read { try $0.page(publicList).rows } == records)
    // A scan that finds one of the files changes neither its id nor its times, and a new one
    // gets an id beyond all that were ever given.
    let found = try store.write { try $0.save(package("f/29.ova", updated: 7), now: 9) }
    #expect(found == SaveResult(id: 29, change: .unchanged))
    #expect(try store.write { try $0.save(package("f/new.ova"), now: 9) }.id == 36)
    #expect(try store.read { try $0.page(publicList).rows }.prefix(4) == records[...])
    // The same import again changes nothing.
    try store.write { try $0.importRecords(records) }
    #expect(try store.read { try $0.page(publicList).rows }.map(\.id) == [31, 29, 35, 24, 36])
  }

  @Test func anImportThatContradictsWhatIsThereLeavesNothingBehind() throws {
    try store.write { try $0.importRecords([image(1, "a.ova")]) }
    for clash in [image(1, "b.ova"), image(2, "a.ova")] {
      let error = #expect(throws: CatalogError.self) {
        try store.write { try $0.importRecords([image(9, "z.ova"), clash]) }
      }
      #expect(error?.code == .conflict)
    }
    #expect(try store.read { try $0.page(publicList).rows.map(\.id) } == [1])
  }

  @Test func aUserSeesTheirOwnImagesAndNobodyElses() throws {
    let records = [
      image(1, "josem/images/a.ova", isPublic: false),
      image(2, "anna/images/b.ova", isPublic: false),
      image(3, "all.ova"),
    ]
    try store.write { try $0.importRecords(records) }
    try store.read { (reader) throws in
      #expect(try reader.page(ImageQuery(scope: .user("josem"))).rows.map(\.id) == [1])
      #expect(try reader.page(ImageQuery(scope: .user("JOSEM"))).total == 0)
      #expect(try reader.page(publicList).rows.map(\.id) == [3])
      #expect(try reader.record(id: 1, scope: .everybody) == nil)
      #expect(try reader.record(id: 1, scope: .user("anna")) == nil)
      #expect(try reader.record(id: 1, scope: .user("josem"))?.id == 1)
    }
  }

  @Test func totalsFollowEveryChange() throws {
    for number in 1...5 {
      try store.write { try $0.save(package("\(number).ova"), now: 1) }
      #expect(
        try store.read { try $0.page(publicList, paging: Paging(perPage: 2)).total } == number)
    }
    // Another process changes the file.
    let other = try CatalogStore(path: store.path)
    try other.write { try $0.markGone([1, 2], now: 9) }
    #expect(try store.read { try $0.page(publicList, paging: Paging()).total } == 3)
  }

  @Test func aRenderedPageIsThePageAndFollowsEveryChange() throws {
    let times = APITime(zone: .utc)
    for number in 1...3 {
      try store.write { try $0.save(package("\(number).ova"), now: 1) }
      for _ in 0..<2 {
        let paging = Paging(perPage: 2)
        let (page, rendered) = try store.read {
          (
            try $0.page(publicList, paging: paging),
            try $0.renderedPage(publicList, paging: paging, times: times)
          )
        }
        let rows = page.rows.map { $0.json(times: times) }
        #expect(rendered.json == Array(rows.joined(separator: [UInt8(ascii: ",")])))
        #expect(rendered.total == number)
        #expect(rendered.count == min(number, 2))
      }
    }
  }

  @Test func everyPageOfALongListHasItsRows() throws {
    let records = (1...5000).map { image(Int64(5001 - $0), "\($0 * 7919 % 5000).ova") }
    try store.write { try $0.importRecords(records) }
    let times = APITime(zone: .utc)
    for (sort, like) in [
      ("", ""), ("path,asc", ""), ("label,desc", ""), ("id,desc", ""), ("path,desc", "%"),
      ("name", "1%"), ("", "%7%"),
    ] {
      let filter = try Filter(like.isEmpty ? nil : "name,like,\(like)", times: times)
      let query = ImageQuery(scope: .everybody, filter: filter, sort: try Sort(sort))
      let expected = try Sort(sort).sorted(records.filter(filter.matches))
      for page in [1, 2, 10, 11, 12, 49, 50, 51] {
        let rows = try store.read { try $0.page(query, paging: Paging(page: page, perPage: 100)) }
        #expect(rows.rows == Array(expected.dropFirst((page - 1) * 100).prefix(100)))
        #expect(rows.total == expected.count)
      }
    }
  }

  @Test func aScannerLearnsWhatIsKnownOfARepository() throws {
    let mapping = try RepositoryMapping(dataStore: "ds", root: "/r", isPublic: true)
    try store.write { writer in
      let repository = try writer.saveRepository(mapping)
      #expect(try writer.saveRepository(mapping) == repository)
      for name in ["b.ova", "a.ova", "gone.ova"] {
        var row = package(name)
        row.repository = repository
        if name == "b.ova" { row.files = [] }
        try writer.save(row, now: 1)
      }
      try writer.save(package("elsewhere.ova"), now: 1)
      try writer.markGone([3], now: 2)
      let known = try writer.reader.packages(repository: repository, in: "")
      #expect(known.map(\.path) == ["[ds] a.ova", "[ds] b.ova"])
      #expect(known[0].files == package("a.ova").files.filter { !$0.isMember })
      #expect(known[1].files.isEmpty)
      #expect(known[0].rulesVersion == 7)
    }
  }

  @Test func newRulesJudgeWithoutReading() throws {
    try store.write { writer in
      try writer.save(package("a.ova"), now: 1)
      let finding = FindingRow(rule: "b", severity: "error", file: "f", message: "m", fix: "x")
      try writer.rejudge(1, findings: [finding], rulesVersion: 8)
      let row = try writer.reader.package(id: 1, scope: .all)
      #expect(row?.findings == [finding])
      #expect(row?.rulesVersion == 8)
    }
  }

  @Test func aScanTellsWhatItChanged() throws {
    try store.write { writer in
      try writer.save(package("old.ova"), now: 1)
      let scan = try writer.startScan(now: 2)
      try writer.save(package("new.ova"), scan: scan, now: 2)
      try writer.save(package("moved.ova"), scan: scan, renamedFrom: "[ds] old.ova", now: 2)
      try writer.markGone([1], scan: scan, now: 2)
      try writer.noteError(scan: scan, path: "x", reason: "permission denied")
      try writer.noteError(scan: scan, path: "y", reason: "gone")
      var counts = ScanCounts()
      counts.added = 2
      counts.isPartial = true
      try writer.finishScan(scan, counts: counts, now: 3)
      let changes = try writer.reader.changes(of: scan)
      #expect(changes.map(\.change) == [.renamed, .added, .gone])
      #expect(changes.map(\.detail) == ["[ds] old.ova", nil, nil])
      #expect(try writer.reader.errors(of: scan).map(\.path) == ["x", "y"])
      let row = ScanRow(id: scan, startedOn: 2, finishedOn: 3, counts: counts)
      #expect(try writer.reader.scans(limit: 5) == [row])
    }
  }

  @Test func workThatFailsLeavesNothingBehind() throws {
    struct Stop: Error {}
    #expect(throws: CatalogError.self) {
      try store.write { writer in
        try writer.save(package("a.ova"), now: 1)
        throw Stop()
      }
    }
    #expect(try store.read { try $0.page(publicList).total } == 0)
  }

  @Test func theViewsAreOpenToAnySQLiteTool() throws {
    try store.write { writer in
      try writer.save(package("a.ova", digest: "aa"), now: 1)
      try writer.save(package("b.ova", digest: "aa"), now: 1)
    }
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [
      "python3", "-c",
      """
      import sqlite3, sys
      db = sqlite3.connect(sys.argv[1])
      for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type='view' ORDER BY name"):
          print(name, len(db.execute('SELECT * FROM ' + name).fetchall()))
      """, store.path,
    ]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    #expect(
      text == """
        v_changes 0
        v_disks 2
        v_duplicates 1
        v_errors 0
        v_files 4
        v_finding_changes 0
        v_findings 2
        v_gone 0
        v_hardware 2
        v_images 2
        v_packages 2
        v_scans 0
        v_strays 0
        v_totals 0
        v_verdict_reasons 0
        v_verdicts 0

        """)
  }
}

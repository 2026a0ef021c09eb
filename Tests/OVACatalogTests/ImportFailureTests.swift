import GRDB
import OVABasics
import OVAByteSource
import OVACatalog
import OVATestSupport
import OVATime
import Testing

/// Imports that fail at one stage or another, reading, checking or storing, at any record: the error
/// is that of the first one that fails, and nothing of the import is there afterwards.
@Suite(.timeLimit(.minutes(5))) struct ImportFailureTests {
  private let folder: TemporaryFolder
  private let store: CatalogStore
  private let reader: RecordReader

  init() throws {
    folder = try TemporaryFolder()
    store = try CatalogStore(path: folder.file("c.sqlite"))
    reader = RecordReader(times: APITime(zone: .utc), file: "in.csv")
  }

  /// Records on both sides of where a batch ends, and of where indexes are set aside.
  static let numbers = [1, 499, 500, 501, 2_000, 2_001, 3_000]
  private static let count = 3_000

  /// A fault in one record, by its number from 1.
  enum Fault: CaseIterable {
    case malformed, outOfRange, twin

    func spoil(_ row: inout Row) {
      switch self {
      case .malformed: row.id = "x"
      case .outOfRange: row.id = "9007199254740992"
      case .twin: row.path = "[ds] first.ova"
      }
    }

    /// What the import says of it.
    func error(at number: Int) -> CatalogError {
      switch self {
      case .malformed:
        CatalogError(
          code: .malformedRecord, doing: "import records", reason: "id: 'x' is not a number",
          place: Place("in.csv", line: number + 2))
      case .outOfRange:
        CatalogError(
          code: .conflict, doing: "import the record '[ds] \(number).ova'",
          reason: "the id 9007199254740992 is out of range", place: Place("c.sqlite"),
          fix: "import into a catalog of its own, or correct the record")
      case .twin:
        CatalogError(
          code: .conflict, doing: "import records",
          reason: "records 1 and \(number + 1) both have the path '[ds] first.ova'",
          place: Place("in.csv"))
      }
    }
  }

  struct Row {
    var id: String
    var path: String
  }

  /// The first record, and those with the numbers from 1, some of them spoiled.
  private func text(_ faults: [Int: Fault] = [:]) -> [UInt8] {
    var rows = (0...Self.count).map { number in
      Row(id: "\(number + 1)", path: number == 0 ? "[ds] first.ova" : "[ds] \(number).ova")
    }
    for (number, fault) in faults { fault.spoil(&rows[number]) }
    let time = "2017-11-24 15:37:36"
    let lines = rows.map { row in
      "\(time),ds,,\(row.id),l,n.ova,\(row.path),true,\(time)\n"
    }
    return Array(
      ("created_on,data_store,folder,id,label,name,path,public,updated_on\n" + lines.joined()).utf8)
  }

  /// Imports, and returns the error.
  private func failure(_ source: some ByteSource) -> (any Error)? {
    do {
      _ = try store.importRecords(from: source, reader)
      return nil
    } catch {
      return error
    }
  }

  /// Expects that nothing is there, and that the same records without a fault can be imported.
  private func expectUntouched(_ before: Int64) throws {
    #expect(try store.read { try $0.total(of: ImageQuery(scope: .all)) } == 0)
    #expect(try store.read { try $0.generation() } == before)
    let count = try store.importRecords(from: MemorySource(text(), name: "in.csv"), reader)
    #expect(count == Self.count + 1)
    #expect(try store.read { try $0.total(of: ImageQuery(scope: .all)) } == Self.count + 1)
    let integrity = try DatabaseQueue(path: folder.file("c.sqlite")).read { db in
      try String.fetchAll(db, sql: "PRAGMA integrity_check")
    }
    #expect(integrity == ["ok"])
  }

  private func expect(_ error: (any Error)?, isOf fault: Fault, at number: Int) {
    let expected = fault.error(at: number)
    let found = error as? CatalogError
    #expect(found?.code == expected.code)
    #expect(found?.doing == expected.doing)
    #expect(found?.reason == expected.reason)
    #expect(found?.fix == expected.fix)
    if fault != .outOfRange { #expect(found?.place == expected.place) }
  }

  @Test(arguments: Fault.allCases, numbers)
  func aRecordWithAFaultIsToldAndLeavesNothingBehind(_ fault: Fault, at number: Int) throws {
    let before = try store.read { try $0.generation() }
    expect(
      failure(MemorySource(text([number: fault]), name: "in.csv")), isOf: fault, at: number)
    try expectUntouched(before)
  }

  @Test(arguments: [(499, 500), (500, 501), (1_200, 1_201), (1, 3_000)], Fault.allCases)
  func ofTwoFaultsTheFirstIsTold(_ places: (first: Int, second: Int), _ fault: Fault) throws {
    for other in Fault.allCases where other != fault {
      let bytes = text([places.first: fault, places.second: other])
      expect(failure(MemorySource(bytes, name: "in.csv")), isOf: fault, at: places.first)
    }
  }

  @Test(arguments: [0, 1, 4_095, 4_096, 65_536, 100_000, 150_000])
  func aSourceThatCannotBeReadLeavesNothingBehind(offset: UInt64) throws {
    let before = try store.read { try $0.generation() }
    let bytes = text()
    try #require(bytes.count > 150_000)
    var small = reader
    small.chunk = 4_096
    let source = FaultySource(MemorySource(bytes, name: "in.csv"), failingAt: offset)
    let error = #expect(throws: ByteSourceError.self) {
      try store.importRecords(from: source, small)
    }
    #expect(
      error
        == ByteSourceError(
          code: .inputOutput, doing: "read it", reason: "Input/output error",
          place: Place("in.csv", offset: offset)))
    try expectUntouched(before)
  }

  @Test(arguments: [1, 499, 500, 501, 1_000, 1_998])
  func aDatabaseThatFailsLeavesNothingBehind(at number: Int) throws {
    let path = folder.file("c.sqlite")
    let before = try store.read { try $0.generation() }
    func execute(_ sql: String) throws {
      try DatabaseQueue(path: path).write { try $0.execute(sql: sql) }
    }
    try execute(
      """
      CREATE TRIGGER full BEFORE INSERT ON images WHEN new.path = '[ds] \(number).ova'
      BEGIN SELECT RAISE(ABORT, 'no more'); END
      """)
    let error = failure(MemorySource(text(), name: "in.csv")) as? CatalogError
    #expect(error?.code == .conflict)
    #expect(error?.reason == "no more")
    try execute("DROP TRIGGER full")
    try expectUntouched(before)
  }
}

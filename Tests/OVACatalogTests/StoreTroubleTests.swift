import Foundation
import OVABasics
import OVACatalog
import OVATestSupport
import OVATime
import Testing

@Suite struct StoreTroubleTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func opening(_ path: String, creates: Bool = true) -> CatalogError.Code? {
    var options = CatalogStore.Options()
    options.creates = creates
    options.patience = 0.1
    do {
      _ = try CatalogStore(path: path, options: options)
      return nil
    } catch { return error.code }
  }

  @Test func aDatabaseThatIsNotThereIsMissing() {
    #expect(opening(folder.file("none.sqlite"), creates: false) == .missing)
    #expect(opening(folder.file("no/such/folder.sqlite")) == .missing)
  }

  @Test func aFileThatIsNoDatabaseIsCorrupt() throws {
    let path = folder.file("text.sqlite")
    try String(repeating: "no database ", count: 1000).write(
      toFile: path, atomically: true, encoding: .utf8)
    #expect(opening(path) == .corrupt)
  }

  @Test func readingThatTakesTooLongIsGivenUpAndTheNextIsAnswered() throws {
    let path = folder.file("c.sqlite")
    try CatalogStore(path: path).write {
      try $0.importRecords((1...5000).map { image($0, "\($0).ova") })
    }
    var options = CatalogStore.Options()
    options.longestReading = 0
    let store = try CatalogStore(path: path, options: options)
    let times = try APITime(zoneNamed: "UTC")
    let query = ImageQuery(scope: .all, filter: try Filter("name,like,%a%z", times: times))
    #expect {
      try store.read { try $0.page(query) }
    } throws: { error in
      (error as? CatalogError)?.code == .tooLong
    }
    #expect(try store.read { try $0.record(id: 7, scope: .all)?.id } == 7)
    options.longestReading = 60
    #expect(try CatalogStore(path: path, options: options).read { try $0.page(query).total } == 0)
  }

  @Test func aDamagedDatabaseIsFoundOut() throws {
    let path = folder.file("c.sqlite")
    let store = try CatalogStore(path: path)
    try store.write { try $0.importRecords((1...500).map { image($0, "\($0).ova") }) }
    try store.close()
    let handle = try #require(FileHandle(forUpdatingAtPath: path))
    let size = try handle.seekToEnd()
    try handle.seek(toOffset: size / 2)
    handle.write(Data(repeating: 0xA5, count: 40_000))
    try handle.close()
    var code: CatalogError.Code?
    do { try CatalogStore(path: path).verify() } catch { code = error.code }
    #expect(code == .corrupt)
  }

  @Test func aDatabaseOfANewerVersionIsLeftAlone() throws {
    let path = folder.file("c.sqlite")
    try CatalogStore(path: path).close()
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [
      "python3", "-c",
      "import sqlite3,sys; d=sqlite3.connect(sys.argv[1]); "
        + "d.execute(\"INSERT INTO grdb_migrations VALUES ('99-future')\"); d.commit()", path,
    ]
    try process.runToEnd()
    #expect(opening(path) == .newerSchema)
  }

  @Test func aClosedCatalogIsOneFile() throws {
    let store = try CatalogStore(path: folder.file("c.sqlite"))
    try store.write { try $0.importRecords([image(7, "a.ova")]) }
    _ = try store.read { try $0.page(ImageQuery(scope: .all)) }
    try store.close()
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["c.sqlite"])
  }

  @Test func openingTwiceChangesNothing() throws {
    let path = folder.file("c.sqlite")
    let store = try CatalogStore(path: path)
    try store.write { try $0.importRecords([image(7, "a.ova")]) }
    let again = try CatalogStore(path: path)
    #expect(try again.read { try $0.record(id: 7, scope: .all) } == image(7, "a.ova"))
  }

  @Test func twoWritersBothGetTheirWorkDone() async throws {
    let path = folder.file("c.sqlite")
    try await withThrowingTaskGroup(of: Void.self) { group in
      for writer in 0..<2 {
        group.addTask {
          let store = try CatalogStore(path: path)
          for number in 0..<100 {
            try await store.write { try $0.save(package("\(writer)/\(number).ova"), now: 1) }
          }
        }
      }
      try await group.waitForAll()
    }
    let store = try CatalogStore(path: path)
    let rows = try await store.read { try $0.page(ImageQuery(scope: .all)).rows }
    #expect(rows.count == 200)
    #expect(Set(rows.map(\.id)) == Set(1...200))
    try store.verify()
  }

  @Test func aReaderSeesOneStateWhileAnotherWrites() throws {
    let store = try CatalogStore(path: folder.file("c.sqlite"))
    try store.write { try $0.importRecords([image(1, "a.ova")]) }
    let other = try CatalogStore(path: store.path)
    try store.read { reader in
      #expect(try reader.page(ImageQuery(scope: .all)).total == 1)
      try other.write { try $0.importRecords([image(2, "b.ova")]) }
      #expect(try reader.page(ImageQuery(scope: .all)).rows.map(\.id) == [1])
    }
    #expect(try store.read { try $0.page(ImageQuery(scope: .all)).total } == 2)
  }

  @Test func aWriterThatWaitsInVainSaysThatTheDatabaseIsLocked() throws {
    let path = folder.file("c.sqlite")
    let store = try CatalogStore(path: path)
    var options = CatalogStore.Options()
    options.patience = 0.05
    let impatient = try CatalogStore(path: path, options: options)
    try store.write { writer in
      try writer.save(package("a.ova"), now: 1)
      let error = #expect(throws: CatalogError.self) {
        try impatient.write { try $0.save(package("b.ova"), now: 1) }
      }
      #expect(error?.code == .locked)
    }
    try impatient.write { try $0.save(package("b.ova"), now: 1) }
  }

  @Test func aDatabaseThatIsTakenAwayIsMissingUntilItIsOpenedAnew() throws {
    let path = folder.file("c.sqlite")
    let store = try CatalogStore(path: path)
    try store.write { try $0.importRecords([image(1, "a.ova")]) }
    for suffix in ["", "-wal", "-shm"] {
      try? FileManager.default.removeItem(atPath: path + suffix)
    }
    let query = ImageQuery(scope: .all)
    let error = #expect(throws: CatalogError.self) { try store.read { try $0.page(query) } }
    #expect(error?.code == .missing)
    let anew = try CatalogStore(path: path)
    #expect(try anew.read { try $0.page(query).total } == 0)
    #expect(throws: CatalogError.self) { try store.write { try $0.startScan(now: 1) } }
  }

  @Test func aReadThatIsCancelledSaysSo() async throws {
    let store = try CatalogStore(path: folder.file("c.sqlite"))
    let task = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      return try await store.read { try $0.generation() }
    }
    var code: CatalogError.Code?
    do { _ = try await task.value } catch { code = (error as? CatalogError)?.code }
    #expect(code == .cancelled)
  }

  @Test func twoScansAtOnceAreNotLetIn() throws {
    let store = try CatalogStore(path: folder.file("c.sqlite"))
    var lock = try store.lockForScan()
    #expect(lock != nil)
    #expect(try CatalogStore(path: store.path).lockForScan() == nil)
    lock = nil
    #expect(try store.lockForScan() != nil)
    _ = lock
  }

  @Test func aDatabaseOnANetworkFileSystemIsRefusedUnlessToldOtherwise() throws {
    var options = CatalogStore.Options()
    options.assumedNetworkFileSystem = "nfs4"
    let path = folder.file("c.sqlite")
    let error = #expect(throws: CatalogError.self) {
      try CatalogStore(path: path, options: options)
    }
    #expect(error?.code == .networkFileSystem)
    #expect(error?.reason.contains("nfs4") == true)
    #expect(!FileManager.default.fileExists(atPath: path))

    // A database that had a write-ahead log loses it.
    try CatalogStore(path: path).close()
    options.acceptsNetworkFileSystem = true
    let store = try CatalogStore(path: path, options: options)
    try store.write { try $0.importRecords([image(1, "a.ova")]) }
    #expect(try store.read { try $0.page(ImageQuery(scope: .all)).total } == 1)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["c.sqlite"])
  }

  @Test func networkFileSystemsAreKnownByTheKernelsListOfMounts() {
    let mounts = """
      22 28 0:21 / /proc rw,nosuid - proc proc rw
      36 35 0:52 /export /mnt/nfs rw shared:1 master:2 - nfs4 server:/export rw,vers=4.2
      37 35 0:53 / /mnt/ssh rw - fuse.sshfs user@host: rw
      38 35 8:1 / / rw - ext4 /dev/sda1 rw
      """
    #expect(NetworkFileSystem.name(ofDevice: "0:52", mounts: mounts) == "nfs4")
    #expect(NetworkFileSystem.name(ofDevice: "0:53", mounts: mounts) == "fuse.sshfs")
    #expect(NetworkFileSystem.name(ofDevice: "8:1", mounts: mounts) == nil)
    #expect(NetworkFileSystem.name(ofDevice: "9:9", mounts: mounts) == nil)
    #expect(NetworkFileSystem.name(at: "/tmp") == nil)
  }
}

@Suite struct TokenAndRequestTests {
  let folder: TemporaryFolder
  let store: CatalogStore

  init() throws {
    folder = try TemporaryFolder()
    store = try CatalogStore(path: folder.file("c.sqlite"))
  }

  @Test func aTokenIsFoundByItsHashUntilItIsRevokedOrExpires() throws {
    try store.write { writer in
      let id = try writer.addToken(
        hash: [1, 2, 3], owner: "josem", name: "laptop", expiresOn: 100, now: 5)
      try writer.noteUse(ofToken: id, now: 6)
      let token = try #require(try writer.reader.token(hash: [1, 2, 3]))
      #expect(
        token
          == TokenRow(
            id: id, owner: "josem", name: "laptop", createdOn: 5, expiresOn: 100, lastUsedOn: 6))
      #expect(token.isValid(at: 99))
      #expect(!token.isValid(at: 100))
      #expect(try writer.reader.token(hash: [1, 2]) == nil)
      #expect(try writer.reader.tokens(owner: "anna").isEmpty)
      #expect(try writer.revokeToken(id, now: 7))
      #expect(try !writer.revokeToken(id, now: 8))
      #expect(try writer.reader.tokens().first?.isValid(at: 8) == false)
    }
  }

  @Test func aSecondRequestMeanwhileGetsTheRunningOne() throws {
    try store.write { writer in
      var (first, isNew) = try writer.submitRequest(username: "josem", taskID: "t", now: 1)
      #expect(isNew)
      #expect(first.status == .submitted)
      let second = try writer.submitRequest(username: "josem", taskID: "u", now: 2)
      #expect(second.request == first)
      #expect(!second.isNew)
      #expect(try writer.submitRequest(username: "anna", taskID: nil, now: 2).isNew)
      #expect(try writer.reader.unfinishedRequests().map(\.id) == [1, 2])

      first.status = .processed
      first.added = ["[ds] a \"b\".ova"]
      first.errors = ["é"]
      first.updatedOn = 3
      #expect(try writer.update(first))
      #expect(try writer.reader.request(id: first.id, username: "josem") == first)
      #expect(try writer.reader.request(id: first.id, username: "anna") == nil)
      var back = first
      back.status = .inProgress
      #expect(try !writer.update(back))
      #expect(try writer.submitRequest(username: "josem", taskID: nil, now: 4).request.id == 3)
    }
  }

  @Test func aUsersRequestsAreListedNewestFirstAndFiltered() throws {
    let times = APITime(zone: .utc)
    try store.write { writer in
      for number in 1...5 {
        var request = try writer.submitRequest(
          username: "josem", taskID: "t\(number)", now: Int64(number)
        ).request
        request.status = number == 5 ? .inProgress : number == 2 ? .error : .processed
        _ = try writer.update(request)
      }
      _ = try writer.submitRequest(username: "anna", taskID: nil, now: 9)
      let reader = writer.reader
      let all = try reader.requests(username: "josem", paging: Paging(perPage: 2))
      #expect(all.rows.map(\.id) == [5, 4])
      #expect(all.total == 5)
      let filter = try Filter("status,in,Processed,In Progress", fields: .requests, times: times)
      let sort = try Sort("created_on", fields: .requests)
      let some = try reader.requests(
        username: "josem", filter: filter, sort: sort, paging: Paging(perPage: 10))
      #expect(some.rows.map(\.id) == [1, 3, 4, 5])
    }
  }
}

import Foundation
import OVABasics
import OVACatalog
import OVATestSupport
import OVATime
import Testing

/// A catalog on a PostgreSQL server: what files cannot show.
@Suite(.enabled(if: PostgreSQLServer.isThere, Comment(rawValue: PostgreSQLServer.needed)))
struct PostgreSQLTests {
  let server: PostgreSQLServer
  let url: String

  init() throws {
    server = try PostgreSQLServer.shared.get()
    url = try server.newDatabase()
  }

  private var database: String {
    String(url.dropFirst("postgresql:///".count).prefix { $0 != "?" })
  }

  /// Ends all connections to the database, as a restart of the server does.
  private func endConnections() throws {
    try server.command(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '\(database)'",
      in: "postgres")
  }

  @Test func `many who open an empty database at once make one catalog`() async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<6 {
        group.addTask { [url] in
          let store = try CatalogStore(path: url)
          try await store.write { try $0.save(package("\(number).ova"), now: 1) }
        }
      }
      try await group.waitForAll()
    }
    let store = try CatalogStore(path: url)
    let rows = try await store.read { try $0.page(ImageQuery(scope: .all)).rows }
    #expect(rows.map(\.id) == [1, 2, 3, 4, 5, 6])
    #expect(Set(rows.map(\.name)) == Set((0..<6).map { "\($0).ova" }))
  }

  @Test func `those who write at once take turns, and no id is lost or given twice`() async throws {
    let stores = try (0..<3).map { _ in try CatalogStore(path: url) }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for (number, store) in stores.enumerated() {
        group.addTask {
          for package in 0..<20 {
            try await store.write { writer in
              try writer.save(OVACatalogTests.package("\(number)/\(package).ova"), now: 1)
            }
          }
        }
      }
      try await group.waitForAll()
    }
    let rows = try await stores[0].read { try $0.page(ImageQuery(scope: .all)).rows }
    #expect(rows.map(\.id) == Array(1...60))
  }

  @Test func `what another process wrote is seen by whoever has kept answers`() async throws {
    let (one, two) = (try CatalogStore(path: url), try CatalogStore(path: url))
    let list = ImageQuery(scope: .everybody)
    #expect(try await one.read { try $0.total(of: list) } == 0)
    let before = try #require(await one.dataVersion())
    #expect(await one.dataVersion() == before)
    try await two.write { try $0.save(package("a.ova"), now: 1) }
    #expect(await one.dataVersion() != before)
    #expect(try await one.read { try $0.total(of: list) } == 1)
    let token = try await two.write {
      try $0.addToken(hash: [0, 255, 39], owner: "u", name: "n", expiresOn: nil, now: 1)
    }
    let version = try #require(await one.dataVersion())
    let row = try #require(try await one.read { try $0.token(hash: [0, 255, 39]) })
    #expect(row.id == token)
    one.keep(row, hash: [0, 255, 39], at: version)
    #expect(one.keptToken(hash: [0, 255, 39], at: version) == row)
    #expect(try await two.write { try $0.revokeToken(token, now: 2) })
    let after = try #require(await one.dataVersion())
    #expect(one.keptToken(hash: [0, 255, 39], at: after) == nil)
  }

  @Test func `whoever asks for the version gets one that is no older than the question`()
    async throws
  {
    let (one, two) = (try CatalogStore(path: url), try CatalogStore(path: url))
    // Others ask all the time, so that the version is being read when it is asked for.
    let others = (0..<20).map { _ in
      Task {
        while !Task.isCancelled {
          if await one.dataVersion() == nil { return false }
        }
        return true
      }
    }
    var last = await one.dataVersion()
    for number in 0..<50 {
      try await two.write { try $0.save(package("\(number).ova"), now: 1) }
      let next = await one.dataVersion()
      #expect(next != last)
      last = next
    }
    for other in others {
      other.cancel()
      #expect(await other.value)
    }
  }

  @Test func `a lost connection is made anew, for reading and for writing`() async throws {
    let store = try CatalogStore(path: url)
    for round in 0..<3 {
      try await store.write { try $0.save(package("\(round).ova"), now: 1) }
      try endConnections()
      #expect(try await store.read { try $0.total(of: ImageQuery(scope: .all)) } == round + 1)
      try endConnections()
      #expect(await store.dataVersion() != nil)
    }
  }

  @Test func `work whose connection is lost in its midst leaves nothing behind, and is told`()
    throws
  {
    let store = try CatalogStore(path: url)
    var attempts = 0
    let error = #expect(throws: CatalogError.self) {
      try store.write { writer in
        attempts += 1
        try writer.save(package("a.ova"), now: 1)
        try endConnections()
        try writer.save(package("b.ova"), now: 1)
      }
    }
    #expect(error?.code == .unreachable)
    // Once on the connection that was kept, once on a new one.
    #expect(attempts == 2)
    #expect(try store.read { try $0.total(of: ImageQuery(scope: .all)) } == 0)
  }

  @Test func `a server that cannot be reached is told with what to do`() throws {
    let error = #expect(throws: CatalogError.self) {
      try CatalogStore(path: "postgresql://ova:s3cret@127.0.0.1:1/none?password=s3cret")
    }
    #expect(error?.code == .unreachable)
    #expect(error?.place.file == "postgresql://ova@127.0.0.1:1/none")
    #expect(error?.fix == "see that the server runs and that the URL names it")
    #expect(error?.description.contains("s3cret") == false)
  }

  @Test(arguments: [
    ("postgresql://u:p%40ss@host/db", "postgresql://u@host/db"),
    (
      "postgres://u:pa:ss@host:5433/db?sslmode=require", "postgres://u@host:5433/db?sslmode=require"
    ),
    ("postgresql://u:p/ss@word@host/db", "postgresql://u@host/db"),
    ("postgresql://host/db?password=x&user=u&sslpassword=y", "postgresql://host/db?user=u"),
    ("postgresql:///db?password=x", "postgresql:///db"),
    ("postgresql://h1:1,h2:2/db", "postgresql://h1:1,h2:2/db"),
  ])
  func `no password is shown`(url: String, shown: String) {
    #expect(PostgreSQLAddress(url)?.shown == shown)
  }

  @Test(arguments: ["catalog.sqlite", "/postgresql://u", "./postgresql:", "mysql://u@h/d", ""])
  func `anything else is a file`(path: String) {
    #expect(PostgreSQLAddress(path) == nil)
  }

  @Test(arguments: [
    ("postgresql://u:se@cret@localhost/db", "there is more than one '@' in it"),
    ("postgresql://u:se/cret@localhost/db", "there is a '/' before its '@'"),
  ])
  func `a URL that libpq would read otherwise is refused unread`(
    url: String, reason: String
  ) throws {
    let error = #expect(throws: CatalogError.self) { try CatalogStore(path: url) }
    #expect(error?.reason == reason)
    #expect(error?.description.contains("cret") == false)
  }

  @Test func `a database that is not there, or has no catalog, is told`() throws {
    let missing = #expect(throws: CatalogError.self) {
      try CatalogStore(path: server.url("nowhere"))
    }
    #expect(missing?.code == .missing)
    #expect(missing?.fix == "create the database, or name another one in the URL")
    var options = CatalogStore.Options()
    options.creates = false
    let empty = #expect(throws: CatalogError.self) { try CatalogStore(path: url, options: options) }
    #expect(empty?.code == .missing)
    #expect(empty?.reason == "there is no catalog in the database")
    #expect(
      try server.command("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'", in: database)
        .text == "0\n")
  }

  @Test func `a catalog of a newer program is left alone`() throws {
    try CatalogStore(path: url).close()
    try server.command("INSERT INTO schema_steps VALUES ('99-future')", in: database)
    let error = #expect(throws: CatalogError.self) { try CatalogStore(path: url) }
    #expect(error?.code == .newerSchema)
  }

  @Test func `an index of trigrams that was given up half-way is made anew`() throws {
    try CatalogStore(path: url).close()
    try server.command(
      "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'images_trigrams'::regclass",
      in: database)
    try CatalogStore(path: url).close()
    let valid = try server.command(
      "SELECT indisvalid FROM pg_index WHERE indexrelid = 'images_trigrams'::regclass",
      in: database)
    #expect(valid.text == "t\n")
  }

  @Test func `a user who may only read, reads`() throws {
    let store = try CatalogStore(path: url)
    try store.write { try $0.save(package("a.ova"), now: 1) }
    try server.command(
      """
      CREATE ROLE reader_\(database) LOGIN;
      GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader_\(database)
      """, in: database)
    var options = CatalogStore.Options()
    options.readsOnly = true
    let path = server.url(database, user: "reader_\(database)")
    let reader = try CatalogStore(path: path, options: options)
    #expect(try reader.read { try $0.total(of: ImageQuery(scope: .all)) } == 1)
    let error = #expect(throws: CatalogError.self) {
      try reader.write { try $0.save(package("b.ova"), now: 1) }
    }
    #expect(error?.code == .notWritable)
  }

  @Test func `one scans at a time, until the connection ends`() throws {
    let (one, two) = (try CatalogStore(path: url), try CatalogStore(path: url))
    var lock = try one.lockForScan()
    #expect(lock != nil)
    #expect(try two.lockForScan() == nil)
    withExtendedLifetime(lock) {}
    lock = nil
    #expect(try two.lockForScan() != nil)
  }

  @Test func `a query that takes too long is given up`() throws {
    var options = CatalogStore.Options()
    options.longestReading = 0.05
    let store = try CatalogStore(path: url)
    try store.write { writer in
      for number in 0..<2000 { try writer.save(package("\(number).ova"), now: 1) }
    }
    let hurried = try CatalogStore(path: url, options: options)
    // A lock that nobody gives back within the time.
    try store.write { _ in
      let holder = Process()
      holder.executableURL = URL(fileURLWithPath: "/usr/bin/env")
      holder.arguments = [
        "psql", "-XAtq", url, "-c", "BEGIN; LOCK images; SELECT pg_sleep(2)",
      ]
      try holder.run()
      while try server.command(
        "SELECT count(*) FROM pg_locks WHERE mode = 'AccessExclusiveLock' AND granted AND "
          + "relation = 'images'::regclass", in: database
      ).text == "0\n" {}
      let error = #expect(throws: CatalogError.self) {
        try hurried.read { try $0.total(of: ImageQuery(scope: .all)) }
      }
      #expect(error?.code == .tooLong)
      holder.waitUntilExit()
    }
  }

  @Test func `a text with a NUL is told, and nothing of it is stored`() throws {
    let store = try CatalogStore(path: url)
    let error = #expect(throws: CatalogError.self) {
      try store.write { try $0.importRecords([image(1, "a\0b.ova")]) }
    }
    #expect(error?.code == .malformedRecord)
    #expect(error?.reason == "a text holds a NUL, which PostgreSQL does not store")
    #expect(try store.read { try $0.total(of: ImageQuery(scope: .all)) } == 0)
  }

  @Test func `a catalog that is copied to a server and back is the same`() throws {
    let folder = try TemporaryFolder()
    let first = try CatalogStore(path: folder.file("first.sqlite"))
    try fill(first)
    let middle = try CatalogStore(path: url)
    #expect(try first.copy(to: middle) == 3)
    let second = try CatalogStore(path: folder.file("second.sqlite"))
    #expect(try middle.copy(to: second) == 3)
    #expect(
      try contents(ofFile: folder.file("first.sqlite"))
        == contents(ofFile: folder.file("second.sqlite")))
    // The next id is the one that the first catalog would give.
    let ids = try [first, middle, second].map { store in
      try store.write { try $0.save(package("next.ova"), now: 9) }.id
    }
    #expect(ids == [5, 5, 5])
    let error = #expect(throws: CatalogError.self) { try first.copy(to: middle) }
    #expect(error?.code == .conflict)
  }

  private func fill(_ store: CatalogStore) throws {
    let mapping = try RepositoryMapping(dataStore: "ds", root: "/srv", isPublic: true)
    let scan = try store.write { try $0.startScan(now: 1) }
    try store.write { writer in
      let repository = try writer.saveRepository(mapping)
      for (number, name) in ["a.ova", "tab\there.ova", "größe\\n.ova", "gone.ova"].enumerated() {
        var row = package(name, inode: Int64(number), digest: "ab\(number)")
        row.repository = repository
        row.needs = [.name(name)]
        row.verdicts = [VerdictRow(target: "t", verdict: "fails", reasons: [])]
        row.facts?.systems = 2
        row.facts?.document = #"{"virtual_systems":[{"name":"second \"one\""}]}"#
        try writer.save(row, scan: scan, now: 1)
      }
      try writer.setTargets([("t", "t")])
      try writer.markGone([4], scan: scan, now: 2)
      try writer.setUnhashed(2, true)
      try writer.noteError(scan: scan, path: "p", reason: "line\nfeed")
      try writer.settle(
        FolderRow(path: "x/", fingerprint: "f", rulesVersion: 1),
        unownedFiles: [
          UnownedFileRow(
            path: "x/stray", kind: "file", size: 1, modified: 2,
            place: .init(device: 1, inode: 2, links: 1, allocated: 512, needs: [.suffix(".vmdk")]))
        ], repository: repository, scan: scan)
      try writer.completeScan(
        scan, of: repository,
        sight: RepositorySight(folder: .init(device: 1, inode: 2), root: nil, mounts: ["m"]))
      try writer.finishScan(scan, counts: ScanCounts(), now: 3)
      _ = try writer.addToken(hash: [0, 1, 39, 255], owner: "u", name: "n", expiresOn: 5, now: 1)
      let request = try writer.submitRequest(username: "u", taskID: nil, now: 1).request
      try writer.addLetter(about: request.id, now: 1)
    }
    let second = try store.write { try $0.startScan(now: 4) }
    try store.write { writer in
      var row = package("a.ova", inode: 0, digest: "ab0")
      row.findings = []
      try writer.save(row, scan: second, now: 5)
    }
  }
}

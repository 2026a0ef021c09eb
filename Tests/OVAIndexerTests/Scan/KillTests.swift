import Foundation
import OVACatalog
import OVAIndexer
import OVATestSupport
import Testing

/// The real command, killed at any instant.
struct KillTests {
  /// The number of kills; `scripts/test-kills` asks for hundreds.
  private static let kills =
    ProcessInfo.processInfo.environment["OVA_KILLS"].flatMap(Int.init) ?? 30

  @Test func aKilledScanLeavesASoundDatabaseAndTheNextOneGoesOn() throws {
    let tree = try Tree()
    var numbers = SeededNumbers(seed: UInt64(Self.kills))
    for number in 0..<60 { try tree.addArchive("\(number % 5)/p\(number).ova") }
    for number in 0..<10 { try tree.addFolder("f\(number)") }
    var interrupted = 0
    for round in 0..<Self.kills {
      // Something is always left to do.
      for _ in 0..<6 {
        let number = Int.random(in: 0..<60, using: &numbers)
        try tree.addArchive("\(number % 5)/p\(number).ova", machine: "m\(round)")
      }
      // Digests are read anew in some rounds, and in some the tables are an older version's.
      if round % 5 == 4 { try tree.makeOlder() }
      let process = Process()
      process.executableURL = URL(fileURLWithPath: ScanTool.path)
      process.arguments =
        [
          "scan", tree.root, "--data-store", "ds", "--db", tree.database, "--settle", "0",
          "--quiet",
        ] + (round % 3 == 1 ? ["--rehash"] : [])
      process.standardOutput = FileHandle.nullDevice
      process.standardError = FileHandle.nullDevice
      try process.run()
      usleep(UInt32.random(in: 0..<400_000, using: &numbers))
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
      if process.terminationReason == .uncaughtSignal { interrupted += 1 }
      let store = try CatalogStore(path: tree.database)
      try store.verify()
      try expectWholeRecords(store)
      try store.close()
    }
    #expect(interrupted > Self.kills / 10)
    #expect(!(try tree.scan().isPartial))
    let fresh = try CatalogStore(path: TestDatabase.location(tree.folder.path("fresh.sqlite")))
    try tree.scan(into: fresh)
    #expect(try findings(tree.store) == findings(fresh))
  }

  /// A record that is there has its facts, its files and its disk.
  private func expectWholeRecords(_ store: CatalogStore) throws {
    try store.read { reader in
      try reader.forEachRecord(ImageQuery(scope: .all)) { record in
        let package = try #require(try reader.package(id: record.id, scope: .all))
        #expect(package.facts != nil)
        #expect(package.disks.count == 1)
        #expect(package.files.count == (record.name.hasSuffix(".ova") ? 3 : 2))
      }
    }
  }

  private func findings(_ store: CatalogStore) throws -> [String] {
    try store.read { reader in
      try reader.page(ImageQuery(scope: .all)).rows.compactMap { record in
        try reader.package(id: record.id, scope: .all).map {
          "\(record.path) \($0.files) \($0.findings) \($0.state) \($0.facts?.document ?? "")"
        }
      }.sorted()
    }
  }
}

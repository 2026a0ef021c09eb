import Foundation
import OVABasics
import OVACatalog
import Testing

/// Copies of a catalog, made while it is written, and put back.
@Suite struct BackupTests {
  private let folder: TemporaryFolder
  private let store: CatalogStore

  init() throws {
    folder = try TemporaryFolder()
    store = try CatalogStore(path: folder.file("c.sqlite"))
    try store.write { try $0.importRecords((1...50).map { image($0, "\($0).ova") }) }
  }

  private func paths(_ store: CatalogStore) throws -> [String] {
    try store.read { try $0.page(ImageQuery(scope: .all)).rows.map(\.path) }
  }

  private func backup(_ name: String) throws -> CatalogStore {
    var options = CatalogStore.Options()
    options.creates = false
    options.readsOnly = true
    options.leavesFileAlone = true
    return try CatalogStore(path: folder.file(name), options: options)
  }

  @Test func aBackupIsOneFileThatHoldsAll() throws {
    #expect(try store.backUp(to: folder.file("b.sqlite")) == 50)
    #expect(try paths(try backup("b.sqlite")) == paths(store))
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(names.filter { $0.hasPrefix("b.sqlite") } == ["b.sqlite"])
    // Tokens are in it.
    let facts = try FileManager.default.attributesOfItem(atPath: folder.file("b.sqlite"))
    #expect(facts[.posixPermissions] as? Int == 0o600)
  }

  @Test func aFileThatIsThereIsReplacedOnlyWhenThatIsWanted() throws {
    try "precious".write(toFile: folder.file("b.sqlite"), atomically: true, encoding: .utf8)
    #expect { try store.backUp(to: folder.file("b.sqlite")) } throws: {
      ($0 as? CatalogError)?.code == .conflict
    }
    #expect(try String(contentsOfFile: folder.file("b.sqlite"), encoding: .utf8) == "precious")
    try store.backUp(to: folder.file("b.sqlite"), replaces: true)
    #expect(try paths(try backup("b.sqlite")).count == 50)
    #expect { try store.backUp(to: folder.file("c.sqlite"), replaces: true) } throws: {
      ($0 as? CatalogError)?.code == .conflict
    }
    #expect { try store.backUp(to: folder.file("no/such/b.sqlite")) } throws: {
      ($0 as? CatalogError)?.code == .notWritable
    }
  }

  @Test func aBackupWhileOthersWriteIsOfOneInstant() throws {
    let path = folder.file("c.sqlite")
    let writing = Thread {
      guard let other = try? CatalogStore(path: path) else { return }
      for round in 0..<40 {
        // Two records at a time: a backup that has one has both.
        try? other.write { writer in
          try writer.importRecords([
            image(Int64(1000 + round * 2), "r\(round)-a.ova"),
            image(Int64(1001 + round * 2), "r\(round)-b.ova"),
          ])
        }
      }
    }
    writing.start()
    for number in 0..<5 {
      try store.backUp(to: folder.file("b\(number).sqlite"))
      let copy = try backup("b\(number).sqlite")
      try copy.verify()
      #expect(try paths(copy).count % 2 == 0)
    }
    while !writing.isFinished { usleep(1000) }
  }

  @Test func whatIsRestoredIsSeenByWhoHasTheCatalogOpen() throws {
    let reader = try CatalogStore(path: folder.file("c.sqlite"))
    #expect(try paths(reader).count == 50)
    try store.backUp(to: folder.file("b.sqlite"))
    try store.write { try $0.markGone((1...49).map { Int64($0) }, now: 9) }
    #expect(try paths(reader).count == 1)
    #expect(try store.restore(from: try backup("b.sqlite")) == 50)
    try store.verify()
    #expect(try paths(reader).count == 50)
    #expect(try paths(store).count == 50)
    // The backup is as it was: no log, no shared memory beside it.
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(names.filter { $0.hasPrefix("b.sqlite") } == ["b.sqlite"])
  }

  @Test func aDamagedBackupIsNotRestored() throws {
    try store.backUp(to: folder.file("b.sqlite"))
    let handle = try #require(FileHandle(forUpdatingAtPath: folder.file("b.sqlite")))
    try handle.seek(toOffset: 4096 * 3)
    try handle.write(contentsOf: Data(repeating: 0x55, count: 8192))
    try handle.close()
    #expect(throws: CatalogError.self) { try backup("b.sqlite").verify() }
  }
}

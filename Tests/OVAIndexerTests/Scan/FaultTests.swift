import Foundation
import OVACatalog
import OVAIndexer
import OVATestSupport
import Testing

/// The real command, and a system that refuses it something: by permissions, by errors that strace
/// puts in place of a call's result, by files that change while they are read.
struct FaultTests {
  private let tree: Tree

  init() throws {
    tree = try Tree()
    // The store of the test's own would keep the database open.
    try tree.store.close()
    for name in ["a/good.ova", "b/bad.ova", "c/good.ova"] { try tree.addArchive(name) }
  }

  private func scan(under wrapper: [String] = [], _ more: String...) throws -> ToolResult {
    let command =
      wrapper + [
        ScanTool.path, "scan", tree.root, "--data-store", "ds", "--db", tree.database, "--settle",
        "0",
      ] + more
    return try run(command[0], Array(command.dropFirst()))
  }

  /// The row of a package, after a check that the database is sound.
  private func package(_ name: String) throws -> PackageRow? {
    let store = try CatalogStore(path: tree.database)
    try store.verify()
    let row = try store.read { reader -> PackageRow? in
      guard let image = try reader.image(dataStore: "ds", path: "[ds] \(name)"), !image.isGone
      else { return nil }
      return try reader.package(id: image.id, scope: .all)
    }
    try store.close()
    return row
  }

  private func injecting(_ what: String, into path: String? = nil) -> [String] {
    ["strace", "-f", "-qq", "-o", "/dev/null"] + (path.map { ["-P", $0] } ?? []) + [
      "-e", "inject=\(what)",
    ]
  }

  /// The words that take away root's right to read what may not be read.
  private var withoutPrivilege: [String] {
    guard geteuid() == 0 else { return [] }
    let rights = "-dac_override,-dac_read_search"
    return ["setpriv", "--bounding-set=\(rights)", "--inh-caps=\(rights)"]
  }

  @Test func aFileThatMayNotBeReadIsARowWithItsCause() throws {
    chmod(tree.path("b/bad.ova"), 0)
    let result = try scan(under: withoutPrivilege)
    #expect(result.status == 3)
    #expect(result.errorText.contains("[ds] b/bad.ova: Permission denied"))
    #expect(try package("b/bad.ova")?.state == .unreadable)
    #expect(try package("c/good.ova")?.state == .whole)
    chmod(tree.path("b/bad.ova"), 0o644)
    #expect(try scan(under: withoutPrivilege).status == 0)
    #expect(try package("b/bad.ova")?.state == .whole)
  }

  @Test func aFolderThatMayNotBeReadLosesNothing() throws {
    #expect(try scan(under: withoutPrivilege).status == 0)
    chmod(tree.path("b"), 0)
    let result = try scan(under: withoutPrivilege)
    chmod(tree.path("b"), 0o755)
    #expect(result.status == 3)
    #expect(result.errorText.contains("[ds] b: Permission denied"))
    #expect(!result.text.contains("gone"))
    #expect(try package("b/bad.ova")?.state == .whole)
  }

  @Test func anErrorOfTheDiskCostsOnePackageAndKeepsWhatIsKnown() throws {
    let first = try scan(under: injecting("pread64:error=EIO", into: tree.path("b/bad.ova")))
    #expect(first.status == 3)
    #expect(first.errorText.lowercased().contains("[ds] b/bad.ova: input/output error"))
    #expect(try package("b/bad.ova")?.state == .unreadable)
    #expect(try package("c/good.ova")?.state == .whole)
    #expect(try scan().status == 0)
    let known = try #require(try package("b/bad.ova"))
    #expect(known.state == .whole)
    // Looked at again because it was touched, while the disk fails.
    try run("touch", [tree.path("b/bad.ova")])
    let second = try scan(under: injecting("pread64:error=EIO", into: tree.path("b/bad.ova")))
    #expect(second.status == 3)
    #expect(try package("b/bad.ova")?.state == .unreadable)
    #expect(try package("b/bad.ova")?.facts == known.facts)
    #expect(try scan().status == 0)
    #expect(try package("b/bad.ova")?.state == .whole)
  }

  @Test func aFolderThatTheDiskCannotListLosesNothing() throws {
    #expect(try scan().status == 0)
    let result = try scan(under: injecting("getdents64:error=EIO", into: tree.path("b")))
    #expect(result.status == 3)
    #expect(result.errorText.lowercased().contains("[ds] b: input/output error"))
    #expect(!result.text.contains("gone"))
    #expect(try package("b/bad.ova") != nil)
    #expect(try scan().status == 0)
  }

  @Test(arguments: [1, 5, 20, 60])
  func aFullDiskUnderTheDatabaseIsSaidAndTheNextScanGoesOn(call: Int) throws {
    for number in 0..<30 { try tree.addArchive("d/\(number).ova") }
    let result = try scan(
      under: injecting(
        "pwrite64:error=ENOSPC:when=\(call)+", into: "\(tree.database)-wal"))
    #expect(result.status == 3)
    #expect(result.errorText.contains(tree.database))
    #expect(result.errorText.contains("make room on the file system"))
    #expect(try scan().status == 0)
    #expect(try package("d/29.ova")?.state == .whole)
  }

  @Test func filesThatChangeWhileTheyAreReadEndInWhatIsThere() throws {
    // Cuts, removes, renames and writes packages as fast as it can.
    let racer = Process()
    racer.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    racer.arguments = [
      "bash", "-c",
      """
      cd "$1"; i=0
      while true; do
        i=$((i + 1)); n=$((i % 7))
        cp a/good.ova "d/$n.ova"; truncate -s $((i * 97 % 4000)) "d/$n.ova"
        mv -f "d/$n.ova" "d/x$n.ova"; rm -f "d/x$(((n + 3) % 7)).ova"
      done
      """, "racer", tree.root,
    ]
    try FileManager.default.createDirectory(
      atPath: tree.path("d"), withIntermediateDirectories: true)
    try racer.run()
    for _ in 0..<6 {
      let result = try scan()
      #expect(result.status == 0 || result.status == 3)
      #expect(try package("a/good.ova")?.state == .whole)
    }
    kill(racer.processIdentifier, SIGKILL)
    racer.waitUntilExit()
    _ = try scan()
    let store = try CatalogStore(path: tree.database)
    let fresh = try CatalogStore(path: TestDatabase.location(tree.folder.path("fresh.sqlite")))
    try tree.scan(into: fresh)
    #expect(try store.wholeContent() == fresh.wholeContent())
  }

  @Test func interruptedByItsUserItEndsWith130AndASoundDatabase() throws {
    for number in 0..<300 { try tree.addArchive("d/\(number).ova") }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: ScanTool.path)
    process.arguments = ["scan", tree.root, "--data-store", "ds", "--db", tree.database]
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    for _ in 0..<4000 where !FileManager.default.fileExists(atPath: tree.database + "-scan") {
      usleep(5_000)
    }
    kill(process.processIdentifier, SIGINT)
    process.waitUntilExit()
    #expect(process.terminationStatus == 130)
    _ = try package("a/good.ova")
    #expect(try scan().status == 0)
  }
}

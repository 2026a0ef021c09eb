import Foundation
import OVABasics
import OVACatalog
import OVAIndexer
import OVAReport
import OVATestSupport
import Testing

/// Whoever runs every command of the cleanup script loses nothing: what was whole is whole, what is
/// left over is named, and as many bytes are free as were promised.
struct CleanupPropertyTests {
  /// `scripts/test-cleanup` asks for hundreds.
  private static let seeds: ClosedRange<UInt64> =
    1...(ProcessInfo.processInfo.environment["OVA_CLEANUP_SEEDS"].flatMap(UInt64.init) ?? 24)

  @Test(arguments: seeds) func theScriptCanBeFollowed(seed: UInt64) throws {
    let tree = try Tree()
    var builder = TreeBuilder(tree: tree, numbers: SeededNumbers(seed: seed))
    try builder.build()
    try tree.scan()
    let before = try wholePackages(tree)
    let audit = RepositoryAudit(store: tree.store)
    let script = try audit.cleanupScript()
    let named = try audit.findings().flatMap(\.deletable)

    for path in builder.leftOver {
      #expect(named.contains(tree.path(path)), "\(path) is not named: \(builder.steps)")
    }
    for group in builder.copies {
      let kept = group.filter { !named.contains(tree.path($0)) }
      #expect(kept.count == 1, "of copies one stays: \(group), \(kept), \(builder.steps)")
    }
    let promised = try audit.findings().reduce(Int64(0)) { $0 + $1.reclaimable }
    let (usedBefore, blocksBefore) = (try uniqueBytes(tree), try diskUsage(tree))

    let commands = script.split(separator: "\n").filter { $0.hasPrefix("# rm -- ") }
      .map { String($0.dropFirst(2)) }
    #expect(commands.count == named.count)
    let shell = commands.contains { $0.contains("$'") } ? "bash" : "sh"
    let ran = try run(
      shell, ["-eu"], in: "/", input: Array((commands.joined(separator: "\n") + "\n").utf8))
    #expect(ran.status == 0, "\(ran.errorText) \(builder.steps)")

    let freed = usedBefore - (try uniqueBytes(tree))
    #expect(freed == promised, "\(builder.steps)")
    let blocks = blocksBefore - (try diskUsage(tree))
    #expect(blocks >= promised && blocks <= promised + 4096 * Int64(named.count))

    try tree.scan { $0.removals = .accepted }
    let after = try wholePackages(tree)
    let gone = Set(before.keys).subtracting(after.keys)
    let removed = Set(named)
    for path in gone {
      // A copy that was named, of which another stays.
      #expect(removed.contains(tree.path(path)), "\(path) was whole: \(builder.steps)")
      #expect(after.values.contains(before[path] ?? []), "\(path) has no copy: \(builder.steps)")
    }
    for path in after.keys { #expect(before[path] == after[path]) }
    for path in builder.needed {
      #expect(isThere(tree.path(path)), "\(path) is needed and went: \(builder.steps)")
    }
  }

  private func isThere(_ path: String) -> Bool {
    access(path.fileSystemBytes.map { CChar(bitPattern: $0) } + [0], F_OK) == 0
  }

  /// The names and digests of the files of each whole package, by its path in the tree.
  private func wholePackages(_ tree: Tree) throws -> [String: [String]] {
    var result: [String: [String]] = [:]
    try tree.store.read { reader in
      try reader.forEachRecord(ImageQuery(scope: .all)) { record in
        guard let package = try reader.package(id: record.id, scope: .all),
          package.state == .whole
        else { return }
        result[String(record.path.dropFirst("[ds] ".count))] = package.files.compactMap { file in
          file.digests["sha256"].map { "\(file.name) \($0)" }
        }
      }
    }
    return result
  }

  /// Bytes of all files, each counted once, without the holes in them.
  private func uniqueBytes(_ tree: Tree) throws -> Int64 {
    let lines = try run("find", [tree.root, "-type", "f", "-printf", "%D:%i %s %b\\n"]).text
    return Set(lines.split(separator: "\n")).reduce(0) { sum, line in
      let parts = line.split(separator: " ").compactMap { Int64($0) }
      return parts.count == 2 ? sum + min(parts[0], parts[1] * 512) : sum
    }
  }

  private func diskUsage(_ tree: Tree) throws -> Int64 {
    try run("du", ["-s", "--block-size=1", tree.root]).text.split(separator: "\t").first
      .flatMap { Int64($0) } ?? 0
  }
}

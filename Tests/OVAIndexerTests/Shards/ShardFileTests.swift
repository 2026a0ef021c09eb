import Foundation
import OVABasics
import OVACatalog
import OVATestSupport
import Testing

@testable import OVAIndexer

/// Tests of which folders belong to which shard, and of shard files that are not as they were
/// written.
struct ShardFileTests {
  /// Computed elsewhere: `int.from_bytes(sha256(path).digest()[:8]) % count`.
  @Test(arguments: [
    ("", 8, 4), ("a", 8, 2), ("a/", 8, 2), ("é/", 7, 3), ("x\\xFF/", 7, 5), ("a", 10_000, 2250),
  ])
  func theOwnerOfAFolderFollowsFromItsBytes(folder: String, count: Int, owner: Int) throws {
    #expect(try #require(Shard(number: 0, of: count)).owner(of: folder) == owner)
  }

  @Test func whatLiesBelowTheDepthBelongsToOneShard() throws {
    let shard = try #require(Shard(number: 5, of: 8, depth: 2))
    for path in ["a/b/", "a/b/c/", "a/b/c/d/"] { #expect(shard.owner(of: path) == 5) }
    #expect(shard.owner(of: "a/") == 2)
    #expect(shard.reaches("a") && shard.reaches("a/b") && shard.reaches("a/b/c"))
    #expect(Shard(number: 4, of: 8, depth: 2)?.reaches("a/b") == false)
    #expect(Shard(number: 8, of: 8) == nil && Shard(number: 0, of: 0) == nil)
    #expect(Shard(number: 0, of: 10_001) == nil && Shard(number: 0, of: 1, depth: 0) == nil)
  }

  @Test func numbersOfShardsAreToldInRanges() {
    #expect(ShardSet.text([3]) == "shard 3")
    #expect(ShardSet.text([3, 4]) == "shards 3 to 4")
    #expect(ShardSet.text([0, 3, 4, 5, 9]) == "shards 0, 3 to 5 and 9")
  }

  @Test func aShardLooksOnlyIntoItsOwnFolders() throws {
    let tree = try Tree()
    for number in 0..<20 { try tree.addArchive("f\(number)/p.ova") }
    try tree.addArchive("root.ova")
    let runs = ShardRuns(tree, count: 4)
    let counts = try (0..<4).map { try runs.scan($0).counts.packages }
    #expect(counts.reduce(0, +) == 21)
    let shard = try #require(Shard(number: 0, of: 4))
    for number in 0..<4 {
      #expect(
        counts[number] == ([""] + (0..<20).map { "f\($0)" }).count { shard.owner(of: $0) == number }
      )
    }
  }

  @Test func `a part whose folder is not there has no result`() throws {
    let tree = try Tree()
    try tree.addArchive("a/p.ova")
    let runs = ShardRuns(tree, count: 1, keepsDatabases: true)
    try runs.scan(0)
    try FileManager.default.moveItem(atPath: tree.root, toPath: tree.folder.path("away"))
    let error = #expect(throws: ShardError.self) { try runs.scan(0) }
    #expect(error?.code == .notSeen && error?.code.mayPass == true)
    #expect(error?.place.file == tree.root)
  }

  @Test func aPartThatWasStoppedHasNoResult() throws {
    let tree = try Tree()
    try tree.addArchive("a/p.ova")
    let runs = ShardRuns(tree, count: 1)
    let error = #expect(throws: ShardError.self) { try runs.scan(0) { $0.isCancelled = { true } } }
    #expect(error?.code == .stopped && error?.code.mayPass == true)
    #expect(!FileManager.default.fileExists(atPath: runs.file(0)))
  }

  @Test func whatIsThereAlreadyIsToldFromOtherRuns() throws {
    let tree = try Tree()
    try tree.addArchive("a/p.ova")
    let runs = ShardRuns(tree, count: 2)
    try runs.scan(0)
    func isFinished(_ number: Int, _ run: String) throws -> Bool {
      let shard = try #require(Shard(number: number, of: 2))
      let mapping = try tree.mapping()
      return ShardScan(
        store: tree.store, mappings: [mapping], options: ScanOptions(), shard: shard, run: run,
        program: "1"
      ).isFinished(runs.file(0))
    }
    #expect(try isFinished(0, "run"))
    #expect(try !isFinished(1, "run"))
    #expect(try !isFinished(0, "other"))
    let bytes = try Data(contentsOf: URL(fileURLWithPath: runs.file(0)))
    try bytes.dropLast(1).write(to: URL(fileURLWithPath: runs.file(0)))
    #expect(try !isFinished(0, "run"))
  }

  // MARK: Damage

  /// A tree with one of everything, as lines of one shard.
  private func lines(_ tree: Tree) throws -> [String] {
    for number in 0..<3 { try tree.addArchive("f/\(number).ova") }
    try tree.addFolder("g")
    for name in ["g/b.vmdk", "g/c.vmdk"] { try tree.write([1], to: name) }
    let runs = ShardRuns(tree, count: 1)
    try runs.scan(0)
    return try String(contentsOfFile: runs.file(0), encoding: .utf8).split(separator: "\n")
      .map { "\($0)\n" }
  }

  private func refusal(_ bytes: [UInt8], _ tree: Tree) throws -> ShardError? {
    let path = tree.folder.path("damaged")
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    let error = #expect(throws: ShardError.self) {
      try ShardMerge(store: tree.store, files: [path]).run()
    }
    #expect(try tree.store.read { try $0.isEmpty() && $0.repositories().isEmpty })
    #expect(error?.place.file == path)
    return error
  }

  @Test func aFileThatIsCutAnywhereIsIncomplete() throws {
    let tree = try Tree()
    let bytes = Array(try lines(tree).joined().utf8)
    for count in stride(from: 0, to: bytes.count, by: 211) + [bytes.count - 1] {
      #expect(try refusal(Array(bytes.prefix(count)), tree)?.code == .incomplete)
    }
  }

  @Test func `lines that are doubled, left out or swapped, and bytes that flip, are damage`() throws
  {
    let tree = try Tree()
    let lines = try lines(tree)
    for index in lines.indices {
      var doubled = lines
      doubled.insert(lines[index], at: index)
      let error = try refusal(Array(doubled.joined().utf8), tree)
      #expect(error?.code == .damaged, "\(index)")
      #expect((error?.place.line ?? 0) > 0)
      var left = lines
      left.remove(at: index)
      #expect(try refusal(Array(left.joined().utf8), tree) != nil)
      guard index > 0 else { continue }
      var swapped = lines
      swapped.swapAt(index, index - 1)
      #expect(try refusal(Array(swapped.joined().utf8), tree) != nil)
    }
    let bytes = Array(lines.joined().utf8)
    var numbers = SeededNumbers(seed: 1)
    for _ in 0..<60 {
      var flipped = bytes
      flipped[Int.random(in: 0..<bytes.count, using: &numbers)] ^=
        1 << UInt8.random(in: 0..<8, using: &numbers)
      #expect(try refusal(flipped, tree) != nil)
    }
  }

  /// Files whose digest is right, from somebody who means harm.
  @Test(arguments: [
    ("\"name\":\"0.ova\"", "\"name\":\"../0.ova\""), ("\"name\":\"0.ova\"", "\"name\":\"0.txt\""),
    ("\"name\":\"0.ova\"", "\"name\":\"\""), ("\"path\":\"f/\"", "\"path\":\"../f/\""),
    ("\"path\":\"f/\"", "\"path\":\"/\""), ("\"path\":\"f/\"", "\"path\":\"f\""),
    ("\"path\":\"f/\"", "\"path\":\"h/\""),
    ("\"size\":", "\"size\":-"), ("\"size\":", "\"size\":99999999999999999999"),
    ("\"size\":", "\"size\":1e300,\"x\":"), ("\"state\":\"whole\"", "\"state\":\"fine\""),
    ("\"document\":\"{", "\"document\":\"[{"), ("\"packages\":4", "\"packages\":5"),
    ("\"shard\":0", "\"shard\":-1"), ("\"shards\":1", "\"shards\":9223372036854775807"),
    ("\"depth\":1", "\"depth\":-9223372036854775808"), ("shard/1.0", "shard/2.0"),
    ("\"name\":\"b.vmdk\"", "\"name\":\"d.vmdk\""), ("\"needs\":[", "\"needs\":[\"x\","),
    ("\"number\":0", "\"number\":1"),
  ])
  func aHostileFileIsRefusedWithItsPlace(old: String, new: String) throws {
    let tree = try Tree()
    let text = try lines(tree).joined()
    #expect(text.contains(old))
    let path = tree.folder.path("sealed")
    try seal(text.replacing(old, with: new), to: path)
    let error = try refusal(
      Array(try Data(contentsOf: URL(fileURLWithPath: path))), tree)
    #expect((error?.place.line ?? 0) > 0)
    #expect([.damaged, .notAShard].contains(error?.code), "\(error?.reason ?? "")")
  }

  @Test func `what is no shard's file is said to be none`() throws {
    let tree = try Tree()
    for text in ["\n", "{}\n", "[]\n", "{\"header\":{}}\n", "\u{0}\n", "{\"end\":{}}\n"] {
      #expect(try refusal(Array(text.utf8), tree)?.code == .notAShard)
    }
    let deep = String(repeating: "[", count: 100_000) + "\n"
    #expect(try refusal(Array(deep.utf8), tree)?.code == .notAShard)
    let error = #expect(throws: ShardError.self) {
      try ShardMerge(store: tree.store, files: [tree.root]).run()
    }
    #expect(error?.code == .unreadable)
  }
}

import Foundation
import OVABasics
import OVAIndexer
import OVAReport
import OVATestSupport
import Testing

/// The script of what could be deleted: nothing until a person edits it, and then just that.
struct CleanupScriptTests {
  /// Names that a shell could stumble over, as bytes.
  private static let names: [[UInt8]] = [
    Array("plain.part".utf8), Array("it's $(touch x).part".utf8), Array("-rf.part".utf8),
    Array("line\nrm -rf y.part".utf8), Array("a;b&&c|d>e.part".utf8),
    Array("`id`\\n\"q\".part".utf8),
    Array("# rm -- 'z'.part".utf8), Array("\u{202E}part.part".utf8),
    [0xE9, 0xFF] + Array(".part".utf8),
    Array("~ * ? [a].part".utf8), Array("!history.part".utf8), Array("\r\n\t.part".utf8),
  ]

  private func makeTree() throws -> Tree {
    let tree = try Tree()
    try FileManager.default.createDirectory(
      atPath: tree.path("f"), withIntermediateDirectories: true)
    for name in Self.names {
      try makeFile(Array("\(tree.path("f"))/".utf8) + name)
    }
    // What must stay; one of them is what a name with a line feed at its end turns into when a
    // shell drops that.
    try tree.write([1], to: "keep.txt")
    try tree.write([1], to: "latest")
    let link = tree.path("latest\n")
    try #require(symlink("nowhere", link) == 0)
    return tree
  }

  /// A file of one byte; Foundation makes none whose name is no text.
  private func makeFile(_ path: [UInt8]) throws {
    let file = open((path + [0]).map { CChar(bitPattern: $0) }, O_CREAT | O_WRONLY, 0o644)
    try #require(file >= 0)
    defer { close(file) }
    try #require(write(file, "x", 1) == 1)
  }

  private func names(in folder: String) throws -> [String] {
    try run("find", [folder, "-mindepth", "1", "-maxdepth", "1", "-printf", "%f\\0"]).output
      .split(separator: 0).map { String(fileSystemBytes: $0) }.sorted()
  }

  private func script(_ tree: Tree, active: Bool = false) throws -> String {
    let text = try RepositoryAudit(store: tree.store).cleanupScript()
    guard active else { return text }
    return text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.hasPrefix("# rm --") ? String($0.dropFirst(2)) : String($0) }
      .joined(separator: "\n")
  }

  @Test func asItStandsItDoesNothing() throws {
    let tree = try makeTree()
    try tree.scan()
    let text = try script(tree)
    let commands = text.split(separator: "\n").filter { !$0.hasPrefix("#") }
    #expect(commands == ["set -euo pipefail"])
    #expect(text.utf8.allSatisfy { $0 == 0x0A || (0x20..<0x7F).contains($0) || $0 >= 0x80 })
    let before = try names(in: tree.path("f"))
    #expect(before.count == Self.names.count)
    #expect(try run("bash", [], in: tree.root, input: Array(text.utf8)).status == 0)
    #expect(try names(in: tree.path("f")) == before)
    #expect(try names(in: tree.root) == ["f", "keep.txt", "latest", "latest\n"])
  }

  @Test func withTheCommandsUncommentedExactlyWhatIsToldGoes() throws {
    let tree = try makeTree()
    try tree.scan()
    let result = try run("bash", [], in: "/", input: Array(script(tree, active: true).utf8))
    #expect(result.status == 0, "\(result.errorText)")
    #expect(try names(in: tree.path("f")) == [])
    #expect(try names(in: tree.root) == ["f", "keep.txt", "latest"])
  }

  @Test(arguments: [false, true]) func aShellAndItsLinterHaveNoComplaint(active: Bool) throws {
    let tree = try makeTree()
    try tree.scan()
    let path = try tree.folder.write(Array(script(tree, active: active).utf8), to: "cleanup.sh")
    #expect(try run("bash", ["-n", path]).status == 0)
    let lint = try run("shellcheck", ["--severity=style", path])
    #expect(lint.status == 0, "\(lint.text)")
  }

  @Test func whatIsNoLongerAsItWasScannedIsNotNamed() throws {
    let tree = try Tree()
    for name in ["a.ova", "b.ova", "c.ova"] { try tree.addArchive(name) }
    for name in ["x.part", "y.part"] { try tree.write([1, 2], to: name) }
    try tree.scan()
    #expect(try script(tree).contains("# rm -- '\(tree.path("b.ova"))'"))
    #expect(try script(tree).contains("# rm -- '\(tree.path("x.part"))'"))
    // Uploads go on, and of the copies the one that stays goes.
    try tree.write([1, 2, 3], to: "x.part")
    try tree.remove("a.ova")
    let after = try script(tree)
    let commands = after.split(separator: "\n").filter { $0.hasPrefix("# rm --") }
    #expect(commands == ["# rm -- '\(tree.path("y.part"))'"])
    #expect(after.contains("no longer as the last scan found it"))
    #expect(after.hasSuffix("# In all 2 B could be reclaimed.\n"))
  }

  @Test func aScanThatWasStoppedOrSawNotAllAdvisesNothing() throws {
    let tree = try Tree()
    try tree.addFolder("p", disksIn: "disks/")
    try tree.write([1], to: "q/left.vmdk")
    try tree.scan { $0.isCancelled = { true } }
    #expect(try !script(tree).contains("rm --"))
    try tree.scan { $0.excludes = ["*.ovf"] }
    #expect(try !script(tree).contains("disks"))
    try tree.scan()
    #expect(try script(tree).contains("q/left.vmdk"))
    #expect(try !script(tree).contains("disks"))
  }
}

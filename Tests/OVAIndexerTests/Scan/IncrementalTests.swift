import Foundation
import OVACatalog
import OVAIndexer
import OVATestSupport
import Testing

/// Many small changes, one after the other, end in the same catalog as one look at the result.
struct IncrementalTests {
  /// `scripts/test-incremental` asks for hundreds.
  private static let seeds: ClosedRange<UInt64> =
    1...(ProcessInfo.processInfo.environment["OVA_SEEDS"].flatMap(UInt64.init) ?? 6)

  @Test(arguments: seeds)
  func anIncrementalScanEqualsAFreshOne(seed: UInt64) throws {
    let tree = try Tree()
    var numbers = Numbers(state: seed)
    var names: [String] = []
    for round in 0..<6 {
      for _ in 0..<8 { try change(tree, &names, &numbers) }
      try tree.scan { $0.computesDigests = round % 2 == 0 }
    }
    try tree.scan()
    let fresh = try CatalogStore(path: tree.folder.path("fresh.sqlite"))
    try tree.scan(into: fresh)
    let (old, new) = (try tree.store.wholeContent(), try fresh.wholeContent())
    #expect(!new.isEmpty)
    #expect(old == new)
  }

  private func change(
    _ tree: Tree, _ names: inout [String], _ numbers: inout Numbers
  ) throws {
    let machine = "m\(Int.random(in: 0..<1000, using: &numbers))"
    let some = names.randomElement(using: &numbers)
    switch (Int.random(in: 0..<17, using: &numbers), some) {
    case (0, let name?):
      try tree.remove(name)
      names.removeAll { $0 == name }
    case (1, let name?):
      let new =
        "\(Int.random(in: 0..<3, using: &numbers))/moved\(machine)"
        + (name.hasSuffix(".ova") ? ".ova" : "")
      guard !FileManager.default.fileExists(atPath: tree.path(new)) else { return }
      try tree.move(name, to: new)
      names.removeAll { $0 == name }
      names.append(new)
    case (2, let name?) where name.hasSuffix(".ova"):
      try tree.addArchive(name, machine: machine)
    case (2, let name?):
      try tree.addFolder(name, machine: machine)
    case (3, let name?) where !name.hasSuffix(".ova"):
      try? tree.remove("\(name)/web-disk1.vmdk")
    case (4, let name?) where name.hasSuffix(".ova"):
      try tree.write([1, 2, 3], to: name)
    case (8, let name?) where name.hasSuffix(".ova"):
      truncate(tree.path(name), off_t(Int.random(in: 0..<4096, using: &numbers)))
    case (9, let name?):
      // The time of change moves, and nothing else.
      chmod(tree.path(name), Bool.random(using: &numbers) ? 0o755 : 0o775)
    case (10, let name?):
      try run(
        "touch", ["-d", "2021-01-0\(Int.random(in: 1..<9, using: &numbers))", tree.path(name)])
    case (11, let name?) where !name.contains("link"):
      try changeLink(tree, to: name, &numbers)
    case (12, let name?) where !name.hasSuffix(".ova"):
      try tree.addChunks(name, machine: machine, bytes: Int.random(in: 1..<4, using: &numbers))
    case (13, let name?) where !name.hasSuffix(".ova"):
      try? tree.remove("\(name)/web-disk1.vmdk.00000000\(Int.random(in: 0..<2, using: &numbers))")
    case (14, let name?) where !name.hasSuffix(".ova"):
      try tree.addFolder(name, machine: machine, disksIn: "disks/")
    case (15, let name?) where !name.hasSuffix(".ova"):
      try tree.write([9], to: "\(name)/disks/other\(machine).vmdk")
    case (16, let name?) where !name.hasSuffix(".ova"):
      try? tree.remove("\(name)/disks")
    case (5, _):
      try tree.write([7], to: "\(Int.random(in: 0..<3, using: &numbers))/stray\(machine).vmdk")
    case (6, _):
      let name = "\(Int.random(in: 0..<3, using: &numbers))/f\(machine)"
      if !names.contains(name) { names.append(name) }
      try tree.addFolder(name, machine: machine)
    default:
      let name = "\(Int.random(in: 0..<3, using: &numbers))/a\(machine).ova"
      if !names.contains(name) { names.append(name) }
      try tree.addArchive(name, machine: machine)
    }
  }

  /// Makes a link to a package, or to its folder, or takes it away.
  private func changeLink(_ tree: Tree, to name: String, _ numbers: inout Numbers) throws {
    let path = tree.path("\(Int.random(in: 0..<3, using: &numbers))-link")
    try? FileManager.default.removeItem(atPath: path)
    let end = name.hasSuffix(".ova") ? ".ova" : ""
    try? FileManager.default.removeItem(atPath: path + end)
    if Bool.random(using: &numbers) {
      try FileManager.default.createSymbolicLink(
        atPath: path + end, withDestinationPath: tree.path(name))
    }
  }
}

/// A generator whose numbers are the same in every run.
struct Numbers: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
    return z ^ z >> 31
  }
}

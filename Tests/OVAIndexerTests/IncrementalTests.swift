import Foundation
import OVACatalog
import OVAIndexer
import OVATestSupport
import Testing

/// Many small changes, one after the other, end in the same catalogue as one look at the result.
struct IncrementalTests {
  @Test(arguments: 1...6)
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
    let (old, new) = (try content(tree.store), try content(fresh))
    #expect(!new.isEmpty)
    #expect(old == new)
  }

  private func change(
    _ tree: Tree, _ names: inout [String], _ numbers: inout Numbers
  ) throws {
    let machine = "m\(Int.random(in: 0..<1000, using: &numbers))"
    let some = names.randomElement(using: &numbers)
    switch (Int.random(in: 0..<8, using: &numbers), some) {
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

  /// All that a catalogue says, without ids and the times of scans.
  private func content(_ store: CatalogStore) throws -> [String] {
    var result: [String] = []
    try store.read { reader in
      for record in try reader.page(ImageQuery(scope: .all)).rows {
        guard var package = try reader.package(id: record.id, scope: .all) else { continue }
        package.record.id = 0
        package.record.createdOn = 0
        package.record.updatedOn = 0
        result.append("\(package)".replacing(store.path, with: ""))
      }
      for (id, _) in try reader.repositories() {
        try reader.forEachStray(repository: id) { result.append("\($0)") }
      }
    }
    return result.sorted()
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

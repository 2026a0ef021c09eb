import Foundation
import OVATestSupport

/// Changes at random, as people and programs make them in a repository.
extension Tree {
  /// Adds, changes, moves or removes something; `names` are the packages that there may be.
  func change(_ names: inout [String], _ numbers: inout SeededNumbers) throws {
    let machine = "m\(Int.random(in: 0..<1000, using: &numbers))"
    let some = names.randomElement(using: &numbers)
    switch (Int.random(in: 0..<17, using: &numbers), some) {
    case (0, let name?):
      try remove(name)
      names.removeAll { $0 == name }
    case (1, let name?):
      let new =
        "\(Int.random(in: 0..<3, using: &numbers))/moved\(machine)"
        + (name.hasSuffix(".ova") ? ".ova" : "")
      guard !FileManager.default.fileExists(atPath: path(new)) else { return }
      try move(name, to: new)
      names.removeAll { $0 == name }
      names.append(new)
    case (2, let name?) where name.hasSuffix(".ova"):
      try addArchive(name, machine: machine)
    case (2, let name?):
      try addFolder(name, machine: machine)
    case (3, let name?) where !name.hasSuffix(".ova"):
      try? remove("\(name)/web-disk1.vmdk")
    case (4, let name?) where name.hasSuffix(".ova"):
      try write([1, 2, 3], to: name)
    case (8, let name?) where name.hasSuffix(".ova"):
      truncate(path(name), off_t(Int.random(in: 0..<4096, using: &numbers)))
    case (9, let name?):
      // The time of change moves, and nothing else.
      chmod(path(name), Bool.random(using: &numbers) ? 0o755 : 0o775)
    case (10, let name?):
      try run(
        "touch", ["-d", "2021-01-0\(Int.random(in: 1..<9, using: &numbers))", path(name)])
    case (11, let name?) where !name.contains("link"):
      try changeLink(to: name, &numbers)
    case (12, let name?) where !name.hasSuffix(".ova"):
      try addChunks(name, machine: machine, bytes: Int.random(in: 1..<4, using: &numbers))
    case (13, let name?) where !name.hasSuffix(".ova"):
      try? remove("\(name)/web-disk1.vmdk.00000000\(Int.random(in: 0..<2, using: &numbers))")
    case (14, let name?) where !name.hasSuffix(".ova"):
      try addFolder(name, machine: machine, disksIn: "disks/")
    case (15, let name?) where !name.hasSuffix(".ova"):
      try write([9], to: "\(name)/disks/other\(machine).vmdk")
    case (16, let name?) where !name.hasSuffix(".ova"):
      try? remove("\(name)/disks")
    case (5, _):
      try write([7], to: "\(Int.random(in: 0..<3, using: &numbers))/stray\(machine).vmdk")
    case (6, _):
      let name = "\(Int.random(in: 0..<3, using: &numbers))/f\(machine)"
      if !names.contains(name) { names.append(name) }
      try addFolder(name, machine: machine)
    default:
      let name = "\(Int.random(in: 0..<3, using: &numbers))/a\(machine).ova"
      if !names.contains(name) { names.append(name) }
      try addArchive(name, machine: machine)
    }
  }

  /// Makes a link to a package, or to its folder, or takes it away.
  private func changeLink(to name: String, _ numbers: inout SeededNumbers) throws {
    let link = path("\(Int.random(in: 0..<3, using: &numbers))-link")
    try? FileManager.default.removeItem(atPath: link)
    let end = name.hasSuffix(".ova") ? ".ova" : ""
    try? FileManager.default.removeItem(atPath: link + end)
    if Bool.random(using: &numbers) {
      try FileManager.default.createSymbolicLink(
        atPath: link + end, withDestinationPath: path(name))
    }
  }
}

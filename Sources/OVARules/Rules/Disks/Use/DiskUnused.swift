import OVAPackage
import OVFDescriptor

extension Rule {
  /// A disk that no machine has.
  static let diskUnused = Rule(
    id: "disk-unused",
    group: .disks,
    title: "No machine uses a Disk",
    severity: .info,
    version: 3,
    basis: .clause("DSP0243 9.1"),
    why:
      "The disk is shipped and uploaded and hangs on nothing: in no configuration, or not in the "
      + "one that a deployment gets unless it asks for another.",
    fix: "Add an `Item` that refers to it, or remove the `Disk` and its file.",
    triggering: [
      Example(.folder, edits: [.blankDisk()], []),
      Example(
        .folder,
        edits: [
          .blankDisk(), .usesSecondDisk,
          .init(
            old: "<Item>\n        <rasd:AddressOnParent>1",
            new: "<Item ovf:configuration=\"big\">\n        <rasd:AddressOnParent>1"),
          .init(
            old: "  <VirtualSystem ", new: Example.options("small", "big") + "  <VirtualSystem "),
        ], [], caption: "only the second option has the disk"),
    ],
    passing: [.sound(.folder), Example(.folder, edits: [.blankDisk(), .usesSecondDisk], [])]
  ) { checked, findings in
    let envelope = checked.package.envelope
    let parents = envelope.disks.compactMap { disk in
      disk.parentReference.flatMap { envelope.disk(id: $0.text)?.place }
    }
    let used = envelope.usedDisks.union(parents)
    let unused = envelope.disks.filter { disk in
      guard !used.contains(disk.place), let id = disk.id?.text, !id.isEmpty else { return false }
      // A second disk of one id has a finding of its own.
      return envelope.disk(id: id)?.place == disk.place
    }
    if let first = unused.first {
      findings.add(
        "no machine uses \(unused.titles)", at: first.place,
        found: unused.count > 1 ? "\(unused.count) unused disks" : nil)
    }
    guard let usual = envelope.defaultConfiguration else { return }
    let usuallyUsed = envelope.disks(in: usual).union(parents)
    let elsewhere = envelope.disks.filter {
      used.contains($0.place) && !usuallyUsed.contains($0.place)
    }
    guard let first = elsewhere.first else { return }
    let users = checked.hardware.lazy.map(\.hardware).filter { hardware in
      hardware.disks.contains { device in elsewhere.contains { device.isBacked(by: $0) } }
    }.compactMap(\.configuration)
    findings.add(
      "no machine uses \(elsewhere.titles) in the configuration '\(usual)'", at: first.place,
      found: users.isEmpty ? nil : "used in \(Set(users).sorted().quoted)")
  }
}

extension [Disk] {
  /// The disks, to be named in a sentence: one by its title, several by their ids.
  fileprivate var titles: String {
    guard count > 1 else { return first?.title ?? "" }
    return "the \(count) disks \(compactMap { $0.id?.text }.quoted)"
  }
}

extension Device {
  /// Returns whether it has the disk.
  fileprivate func isBacked(by disk: Disk) -> Bool {
    if case .disk(let own, _) = backing { return own.place == disk.place }
    return false
  }
}

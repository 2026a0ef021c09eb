import OVAPackage
import OVFDescriptor

extension Rule {
  /// A disk that no machine has.
  static let diskUnused = Rule(
    id: "disk-unused",
    group: .disks,
    title: "No machine uses a Disk",
    severity: .info,
    version: 2,
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
    for disk in envelope.disks where !used.contains(disk.place) {
      // A second disk of one id is said as that.
      if let id = disk.id?.text, let first = envelope.disk(id: id), first.place != disk.place {
        continue
      }
      guard disk.id?.text.isEmpty == false else { continue }
      findings.add("no machine uses \(disk.title)", at: disk.place)
    }
    guard let usual = envelope.defaultConfiguration else { return }
    let usuallyUsed = envelope.disks(in: usual).union(parents)
    for disk in envelope.disks
    where used.contains(disk.place) && !usuallyUsed.contains(disk.place) {
      let others = checked.hardware.lazy.map(\.hardware).filter { hardware in
        hardware.disks.contains { $0.isBacked(by: disk) }
      }.compactMap(\.configuration)
      findings.add(
        "no machine uses \(disk.title) in the configuration '\(usual)'", at: disk.place,
        found: others.isEmpty ? nil : "used in \(Array(others).quoted)")
    }
  }
}

extension Device {
  /// Whether it has the disk.
  fileprivate func isBacked(by disk: Disk) -> Bool {
    if case .disk(let own, _) = backing { return own.place == disk.place }
    return false
  }
}

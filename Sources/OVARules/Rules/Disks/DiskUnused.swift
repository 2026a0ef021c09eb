import OVAPackage
import OVFDescriptor

extension Rule {
  /// A disk that no machine has.
  static let diskUnused = Rule(
    id: "disk-unused",
    group: .disks,
    title: "No machine uses a Disk",
    severity: .info,
    basis: .clause("DSP0243 9.1"),
    why: "The disk is shipped and uploaded and hangs on nothing, in no configuration.",
    fix: "Add an `Item` that refers to it, or remove the `Disk` and its file.",
    triggering: [Example(.folder, edits: [.blankDisk()], [])],
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
  }
}

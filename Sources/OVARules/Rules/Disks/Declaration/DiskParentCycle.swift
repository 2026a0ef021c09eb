import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// Disks that are each other's parents.
  static let diskParentCycle = Rule(
    id: "disk-parent-cycle",
    group: .disks,
    title: "Disks are each other's parents",
    severity: .error,
    basis: .clause("DSP0243 9.1"),
    why: "A chain of parents has to end in a disk that is whole; this one has no end.",
    fix: "Correct `ovf:parentRef`, or delete it where the disk's own file holds everything.",
    triggering: [
      Example(
        replacing: #"ovf:diskId="disk1""#, with: #"ovf:diskId="disk1" ovf:parentRef="disk1""#),
      Example(
        .folder,
        edits: [
          .init(old: #"ovf:diskId="disk1""#, new: #"ovf:diskId="disk1" ovf:parentRef="disk2""#),
          .blankDisk(#" ovf:parentRef="disk1""#), .usesSecondDisk,
        ], [], documented: false),
    ],
    passing: [
      .sound(.folder),
      Example(
        .folder,
        edits: [.blankDisk(#" ovf:parentRef="disk1""#), .usesSecondDisk], []),
    ]
  ) { checked, findings in
    let envelope = checked.package.envelope
    // Each disk is walked over once: 1 is on the way, 2 is done.
    var state: [Place: Int] = [:]
    for start in envelope.disks {
      var path: [Disk] = []
      var next: Disk? = start
      while let disk = next, state[disk.place] == nil {
        state[disk.place] = 1
        path.append(disk)
        next = disk.parentReference.flatMap { envelope.disk(id: $0.text) }
      }
      if let last = next, state[last.place] == 1 {
        let cycle = path.drop { $0.place != last.place }.compactMap { $0.id?.text }
        findings.add(
          "the parents of \(last.title) lead back to it: \(cycle.joined(separator: " → "))",
          at: last.parentReference?.place ?? last.place)
      }
      for disk in path { state[disk.place] = 2 }
    }
  }
}

extension Rule {
  /// The size of the file in place of the capacity.
  static let diskCapacityIsFileSize = Rule(
    id: "disk-capacity-is-file-size",
    group: .disks,
    title: "The size of a disk's file was taken for its capacity",
    severity: .error,
    basis: .practice("Tools that do not read a streamed disk's header write its file's size."),
    why: "The tool that wrote the descriptor did not understand the disk. The importer makes a "
      + "disk of the file's size, and the content does not fit.",
    fix: "Write the disk's virtual size into `ovf:capacity`: `ova disk FILE` tells it.",
    triggering: [
      Example(
        .folder, edits: [.init(old: Example.soundCapacity, new: #"ovf:capacity="SIZE""#)], [])
    ],
    passing: [.sound(.folder)]
  ) { checked, findings in
    for seen in checked.seenDisks {
      guard let (declared, real) = checked.capacity(of: seen), checked.isFileSize(declared, seen)
      else { continue }
      findings.addCapacity(seen, declared, real)
    }
  }
}

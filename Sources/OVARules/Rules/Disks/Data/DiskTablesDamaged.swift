extension Rule {
  /// The tables lead astray.
  static let diskTablesDamaged = Rule(
    id: "disk-tables-damaged",
    group: .disks,
    title: "A disk's tables are damaged",
    severity: .error,
    version: 2,
    basis: .practice("The disk formats' own specifications: every entry leads to what it names."),
    why: "The tables say where each part of the disk lies. Where they are wrong, a reader returns "
      + "other data than was stored, or zeros.",
    fix: "Get the disk again from its producer, or convert it again from its source.",
    triggering: [
      Example(
        .ova, .content("web-disk1.vmdk", .flipped(at: -963)),
        caption: "the directory's place, in the footer"),
      Example(
        .folder, edits: [.sparseFormat, .withoutSize],
        [
          .content("web-disk1.vmdk", .shapedDisk(.monolithicSparse)),
          .content("web-disk1.vmdk", .flipped(at: 59)),
        ], documented: false),
    ],
    passing: [
      .sound(.ova),
      Example(
        .folder, edits: [.sparseFormat],
        [
          .content("web-disk1.vmdk", .shapedDisk(.monolithicSparse))
        ], documented: false),
    ]
  ) { checked, findings in
    for seen in checked.seenDisks { findings.add(seen, .tables) }
  }
}

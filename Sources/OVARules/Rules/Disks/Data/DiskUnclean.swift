extension Rule {
  /// Not closed.
  static let diskUnclean = Rule(
    id: "disk-unclean",
    group: .disks,
    title: "A disk was not closed by whoever wrote it",
    severity: .warning,
    version: 2,
    basis: .practice("VMware's sparse header: uncleanShutdown."),
    why: "The machine was running, or the program crashed, when the disk was copied; what it holds "
      + "may be inconsistent.",
    fix: "Shut the machine down and export it again.",
    triggering: [
      Example(
        .ova, .content("web-disk1.vmdk", .flipped(at: 72)),
        .content("web-disk1.vmdk", .flipped(at: -952)))
    ],
    passing: [.sound(.ova)]
  ) { checked, findings in
    for seen in checked.seenDisks { findings.add(seen, .unclean) }
  }
}

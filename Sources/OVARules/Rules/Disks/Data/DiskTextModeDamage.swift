extension Rule {
  /// Line ends were translated.
  static let diskTextModeDamage = Rule(
    id: "disk-text-mode-damage",
    group: .disks,
    title: "A disk was transferred as text",
    severity: .error,
    basis: .practice("VMware's sparse header carries four newline bytes to show this damage."),
    why: "A transfer in text mode changes every byte that looks like a line end; the disk is "
      + "damaged throughout.",
    fix: "Transfer the disk again in binary mode.",
    triggering: [Example(.ova, .content("web-disk1.vmdk", .flipped(at: 75)))],
    passing: [.sound(.ova)]
  ) { checked, findings in
    for seen in checked.seenDisks { findings.add(seen, .textMode) }
  }
}

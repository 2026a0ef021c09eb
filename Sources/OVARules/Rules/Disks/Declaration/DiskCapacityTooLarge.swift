extension Rule {
  /// Declared larger than it is.
  static let diskCapacityTooLarge = Rule(
    id: "disk-capacity-too-large",
    group: .disks,
    title: "A Disk is declared larger than its file says",
    severity: .warning,
    basis: .practice("Wrong units have made templates that want to allocate 8,192 TB."),
    why: "The importer makes a disk of the declared size, more than the content has. Where it is "
      + "far more, bytes were taken for larger units.",
    fix: "Write the disk's virtual size into `ovf:capacity` and check its units.",
    triggering: [
      Example(replacing: #"ovf:capacity="64""#, with: #"ovf:capacity="67108864""#),
      Example(replacing: #"ovf:capacity="64""#, with: #"ovf:capacity="65""#),
    ],
    passing: [
      .sound(.folder),
      Example(
        replacing: Example.soundCapacity,
        with: #"ovf:capacity="1" ovf:capacityAllocationUnits="byte * 2^30""#,
        caption: "rounded up to whole units"),
    ]
  ) { checked, findings in
    for (seen, declared, real) in checked.capacities where declared > real {
      findings.addCapacity(seen, declared, real)
    }
  }
}

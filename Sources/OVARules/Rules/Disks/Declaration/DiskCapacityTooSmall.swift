extension Rule {
  /// Declared smaller than it is.
  static let diskCapacityTooSmall = Rule(
    id: "disk-capacity-too-small",
    group: .disks,
    title: "A Disk is declared smaller than its file says",
    severity: .error,
    basis: .practice("vSphere: 'Capacity of uploaded disk is larger than requested'."),
    why: "The importer makes a disk of the declared size, and the content does not fit.",
    fix: "Write the disk's virtual size into `ovf:capacity`, rounded up where the unit is coarse.",
    triggering: [Example(replacing: #"ovf:capacity="64""#, with: #"ovf:capacity="63""#)],
    passing: [.sound(.folder)]
  ) { checked, findings in
    for (seen, declared, real) in checked.capacities where declared < real {
      findings.addCapacity(seen, declared, real)
    }
  }
}

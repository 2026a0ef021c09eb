import OVAPackage
import OVFDescriptor

extension Rule {
  /// A populated size that is no number.
  static let diskBadPopulatedSize = Rule(
    id: "disk-bad-populatedsize",
    group: .disks,
    title: "A Disk's populated size is not a number of bytes",
    severity: .error,
    basis: .clause("DSP0243 9.1"),
    why: "Importers parse it as a number of bytes and stop at anything else.",
    fix: "Write the number of bytes in use, or leave the attribute out.",
    triggering: [
      Example(
        replacing: #"ovf:capacity="64""#,
        with: #"ovf:capacity="64" ovf:populatedSize="${POPULATED}""#)
    ],
    passing: [
      .sound(.folder),
      Example(
        replacing: #"ovf:capacity="64""#, with: #"ovf:capacity="64" ovf:populatedSize="131072""#),
    ]
  ) { checked, findings in
    for disk in checked.package.envelope.disks {
      guard let size = disk.populatedSize, let fault = size.fault else { continue }
      findings.add(
        "the populated size '\(size.text)' of \(disk.title) \(fault)", at: size.place,
        found: size.text, fix: Placeholder.fix(size.text))
    }
  }
}

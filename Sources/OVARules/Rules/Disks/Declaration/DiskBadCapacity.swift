import OVAPackage
import OVFDescriptor

extension Rule {
  /// A capacity that is no number of bytes.
  static let diskBadCapacity = Rule(
    id: "disk-bad-capacity",
    group: .disks,
    title: "A Disk's capacity is not a number of bytes",
    severity: .error,
    basis: .clause("DSP0243 9.1"),
    why: "The capacity is a whole number of allocation units that fits 63 bits as bytes. Importers "
      + "stop at anything else; often it is a template's placeholder that nobody filled in.",
    fix: "Write the virtual size as a number, in bytes or with a unit such as `byte * 2^30`.",
    triggering: [
      Example(replacing: #"ovf:capacity="64""#, with: #"ovf:capacity="{{RAWSIZE}}""#),
      Example(replacing: #"ovf:capacity="64""#, with: #"ovf:capacity="-1""#),
      Example(
        replacing: #"ovf:capacity="64""#, with: #"ovf:capacity="9223372036854775807""#,
        caption: "with its units it passes 63 bits"),
      Example(replacing: #""byte * 2^20""#, with: #""sectors""#, caption: "a unit of nothing"),
      Example(replacing: #""byte * 2^20""#, with: #""hertz * 10^6""#, documented: false),
      Example(replacing: #"ovf:capacity="64""#, with: #"ovf:capacity="""#, documented: false),
    ],
    passing: [
      .sound(.folder), Example(replacing: Example.soundCapacity, with: #"ovf:capacity="67108864""#),
    ]
  ) { checked, findings in
    let envelope = checked.package.envelope
    for disk in envelope.disks {
      guard let fault = checked.capacityFault(of: disk), !fault.isUnresolved else { continue }
      let units = disk.capacityUnits.map { " (\($0.text))" } ?? ""
      let written = disk.capacity?.text ?? disk.oVirtSize?.text ?? ""
      findings.add(
        "the capacity '\(written)'\(units) of \(disk.title) \(fault)",
        at: disk.capacity?.place ?? disk.place, found: written,
        fix: Placeholder.fix(written))
    }
  }
}

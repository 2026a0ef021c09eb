import OVAPackage
import OVFDescriptor

extension Rule {
  /// A capacity by a property that gives none.
  static let diskUnresolvedCapacity = Rule(
    id: "disk-unresolved-capacity",
    group: .disks,
    title: "A Disk's capacity names a property without a value",
    severity: .error,
    basis: .clause("DSP0243 9.1"),
    why: "The property's value is the capacity. Where there is no such property the disk has no "
      + "size; where it only has no value yet (said as info), whoever deploys has to give it.",
    fix: "Declare the property with a value, or write the number itself.",
    triggering: [
      Example(replacing: #"ovf:capacity="64""#, with: #"ovf:capacity="${disk.size}""#),
      Example(
        .folder,
        edits: [
          .init(old: #"ovf:capacity="64""#, new: #"ovf:capacity="${hostname}""#),
          .init(old: #" ovf:value="web">"#, new: ">"),
        ], [], caption: "a property without a value"),
    ],
    passing: [
      .sound(.folder),
      Example(
        .folder,
        edits: [
          .init(old: #"ovf:capacity="64""#, new: #"ovf:capacity="${hostname}""#),
          .init(old: #"ovf:value="web">"#, new: #"ovf:value="64">"#),
        ], []),
    ]
  ) { checked, findings in
    let envelope = checked.package.envelope
    for disk in envelope.disks {
      guard let capacity = disk.capacity, let fault = checked.capacityFault(of: disk),
        fault.isUnresolved
      else { continue }
      var severity: Severity?
      if case .propertyWithoutValue = fault { severity = .info }
      findings.add(
        "the capacity '\(capacity.text)' of \(disk.title) \(fault)", at: capacity.place,
        found: capacity.text, severity: severity,
        fix: checked.properties.isEmpty ? Placeholder.fix(capacity.text) : nil)
    }
  }
}

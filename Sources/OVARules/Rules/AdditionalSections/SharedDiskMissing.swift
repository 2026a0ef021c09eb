import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// A section for shared disks has none.
  static let sharedDiskMissing = Rule(
    id: "shared-disk-missing",
    group: .descriptor,
    title: "A section for shared disks has none",
    severity: .error,
    basis: .clause("DSP8023 2.0.1 (the OVF schema), SharedDiskSection_Type"),
    why: "The schema demands at least one SharedDisk. A `Disk` in this section is read by some "
      + "products and skipped by others.",
    fix: "Write the disks as `SharedDisk`, or delete the section.",
    triggering: [
      Example(inEnvelope: "SharedDiskSection")
    ],
    passing: [
      .sound(.folder),
      Example(
        inEnvelope: "SharedDiskSection", "",
        #"<SharedDisk ovf:diskId="quorum" ovf:capacity="1048576" ovf:readOnly="false"/>"#),
    ]
  ) { checked, findings in
    for section in checked.envelope.allSections {
      guard section.kind == .sharedDisk, section.disks.isEmpty else { continue }
      findings.add("the SharedDiskSection has no SharedDisk", at: section.place)
    }
  }
}

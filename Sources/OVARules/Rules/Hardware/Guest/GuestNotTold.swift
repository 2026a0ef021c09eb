import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// Nothing that importers read tells the guest system.
  static let guestNotTold = Rule(
    id: "guest-not-told",
    group: .hardware,
    title: "The descriptor does not tell the guest system",
    severity: .info,
    basis: .practice(
      "vSphere makes a machine without `vmw:osType` and without a CIM number that it knows an "
        + "\"Other (32-bit)\"."),
    why: "The guest system decides on default devices, firmware and limits. An \"Other (32-bit)\" "
      + "gets slow devices and at most 64 GiB of memory, and cannot be customized.",
    fix: "Add `vmw:osType` with vSphere's name of the system, such as `ubuntu64Guest`, and CIM's "
      + "number as `ovf:id`.",
    triggering: [
      Example(
        replacing: #"ovf:id="94" vmw:osType="ubuntu64Guest""#, with: #"ovf:id="1""#,
        caption: "only people can read the Description"),
      Example(
        .folder,
        edits: [
          Example.Edit(old: #"<OperatingSystemSection ovf:id="94""#, new: "<!--"),
          Example.Edit(old: "</OperatingSystemSection>", new: "-->"),
        ], [], documented: false),
      Example(
        replacing: #"ovf:id="94" vmw:osType="ubuntu64Guest""#, with: #"ovf:id="36""#,
        caption: "CIM's Linux is one of 32 bits, the Description says 64", documented: false),
    ],
    passing: [
      .sound(.folder),
      Example(
        replacing: #" vmw:osType="ubuntu64Guest""#, with: "", caption: "CIM's number tells it"),
      Example(
        replacing: #"ovf:id="94" vmw:osType="ubuntu64Guest""#,
        with: #"ovf:id="1" vmw:osType="otherGuest64""#, documented: false),
    ]
  ) { checked, findings in
    let envelope = checked.envelope
    // oVirt has numbers of its own.
    guard envelope.dialect != .oVirt else { return }
    for system in envelope.virtualSystems where !system.isForVirtualBoxOrXenOnly {
      guard let guest = system.operatingSystem else {
        if !system.hardwareSections.isEmpty {
          findings.add("\(system.title) has no OperatingSystemSection", at: system.place)
        }
        continue
      }
      guard guest.vmwareType?.text.isEmpty ?? true, guest.virtualBoxType == nil else { continue }
      let described = guest.description.map { envelope.text(of: $0) } ?? ""
      switch guest.id?.value {
      case nil where guest.id != nil: continue  // A malformed number is said by another rule.
      case nil, 0, 1, 66: break
      case 36 where GuestIdentity(text: described).bits == 64: break
      default: continue
      }
      let number = guest.id.map { "the CIM number \($0.text) (\(guest.cimName ?? "unknown"))" }
      findings.add(
        "\(system.title) does not tell its guest system: it has "
          + [number ?? "no CIM number", "no vmw:osType"].joined(separator: " and "),
        at: guest.id?.place ?? system.place, expected: "vmw:osType", found: guest.id?.text)
    }
  }
}

extension VirtualSystem {
  /// True if the hardware names families, and none of VMware's.
  fileprivate var isForVirtualBoxOrXenOnly: Bool {
    let families = hardwareSections.flatMap(\.families)
    return !families.isEmpty && !families.contains { $0.lowercased().hasPrefix("vmx-") }
  }
}

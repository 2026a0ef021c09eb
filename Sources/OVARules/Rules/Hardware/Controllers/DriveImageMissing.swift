import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// A CD drive is to have an image, and names none.
  static let driveImageMissing = Rule(
    id: "drive-image-missing",
    group: .hardware,
    title: "A CD drive wants an image and names none",
    severity: .warning,
    basis: .practice("vCenter: \"file ds:///…/_deviceImage-0.iso was not found\"."),
    why: "A drive of the kind `vmware.cdrom.iso` reads a disc image. Exported while one was "
      + "mounted, and shipped without it, the drive has nothing to read: the import of a drive "
      + "that starts connected stops there.",
    fix: "Write `vmware.cdrom.remotepassthrough` as ResourceSubType, or ship the image and name it "
      + "by `<rasd:HostResource>ovf:/file/…</rasd:HostResource>`.",
    triggering: [
      Example(.folder, edits: [.cdDrive, .isoDrive("true")], []),
      Example(
        .folder, edits: [.cdDrive, .isoDrive("false")], [],
        caption: "a drive that starts disconnected"),
    ],
    passing: [
      .sound(.folder), Example(.folder, edits: [.cdDrive], []),
      Example(
        .folder,
        edits: [
          .cdDrive, .isoDrive("true"),
          .init(
            old: "<rasd:InstanceID>9</rasd:InstanceID>",
            new: "<rasd:HostResource>ovf:/file/iso</rasd:HostResource>\n"
              + "        <rasd:InstanceID>9</rasd:InstanceID>"),
          .init(
            old: "  </References>",
            new: "    <File ovf:id=\"iso\" ovf:href=\"a.iso\" ovf:size=\"4\"/>\n  </References>"),
        ], [.add("a.iso", .text("disc"))]),
    ]
  ) { checked, findings in
    for (_, hardware) in checked.hardware {
      for drive in hardware.opticalDrives
      where drive.item.hostResources.isEmpty
        && drive.item.subTypes.contains(where: { $0.lowercased() == "vmware.cdrom.iso" })
      {
        findings.add(
          "\(drive.item.title) is a '\(drive.item.resourceSubType?.text ?? "")' and names no image",
          at: drive.item.resourceSubType?.place ?? drive.item.place, expected: "a HostResource",
          found: drive.item.resourceSubType?.text,
          severity: drive.item.automaticAllocation?.value == false ? .info : nil)
      }
    }
  }
}

extension Example.Edit {
  /// The CD drive reads an image, connected from the start or not.
  fileprivate static func isoDrive(_ connected: String) -> Self {
    Self(
      old: "<rasd:AutomaticAllocation>false</rasd:AutomaticAllocation>\n"
        + "        <rasd:ElementName>CD drive 1</rasd:ElementName>\n"
        + "        <rasd:InstanceID>9</rasd:InstanceID>\n"
        + "        <rasd:Parent>8</rasd:Parent>\n",
      new: "<rasd:AutomaticAllocation>\(connected)</rasd:AutomaticAllocation>\n"
        + "        <rasd:ElementName>CD drive 1</rasd:ElementName>\n"
        + "        <rasd:InstanceID>9</rasd:InstanceID>\n"
        + "        <rasd:Parent>8</rasd:Parent>\n"
        + "        <rasd:ResourceSubType>vmware.cdrom.iso</rasd:ResourceSubType>\n")
  }
}

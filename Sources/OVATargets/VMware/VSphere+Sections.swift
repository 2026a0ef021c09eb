import OVABasics
import OVAPackage
import OVARules
import OVFDescriptor
import OVFXML
import VirtualDisks

extension TargetProduct {
  static let vSphereSections: [TargetCondition] = [
    TargetCondition(
      "vs-compressed", "a disk whose file is compressed by gzip", .fails,
      "vSphere does not import compressed disks.",
      fix: "Decompress the file and remove `ovf:compression`.", basis: .reported("EMCECS#329"),
      triggering: .gzip
    ) { view in view.diskFiles(TargetView.isGzip) },
    TargetCondition(
      "vs-required-section", "a required section outside the standard", .fails,
      "The import stops: the section is unsupported.",
      fix: "Write `ovf:required=\"false\"` on the section, or remove it.",
      basis: .source("govmomi OvfUnsupportedSection"),
      triggering: .edit(
        Example.hardwareEnd,
        Example.hardwareEnd
          + "\n    <x:NotesSection xmlns:x=\"urn:example\"><Info>x</Info></x:NotesSection>"),
      passing: .edit(
        Example.hardwareEnd,
        Example.hardwareEnd
          + "\n    <x:NotesSection xmlns:x=\"urn:example\" ovf:required=\"false\">"
          + "<Info>x</Info></x:NotesSection>"
      )
    ) { view in
      view.envelope.allSections.filter { $0.kind == nil && $0.isRequired }
        .filter { !$0.name.namespace.hasPrefix("http://www.vmware.com/schema/ovf") }
        .map { Hit($0.place, found: $0.name.local) }
    },
    TargetCondition(
      "vs-boot-order-section", "a vmw:BootOrderSection", .loss,
      "ESXi 6.5 does not load the disks that the section names: the machine gets them empty. Its "
        + "client also gives a machine with EFI a BIOS.",
      fix: "Delete the vmw:BootOrderSection, and recreate the manifest.",
      basis: .reported("hashicorp/packer#9629 and #6742; kubernetes-sigs/image-builder#619"),
      releases: "6.5", at: "6.5",
      triggering: .edit(
        "    <OperatingSystemSection ",
        "    <vmw:BootOrderSection ovf:required=\"false\" vmw:instanceId=\"4\" vmw:type=\"disk\">"
          + "<Info>Boot order</Info></vmw:BootOrderSection>\n    <OperatingSystemSection ")
    ) { view in
      guard let release = view.release, !release.isVSphere(atLeast: "6.7") else { return [] }
      return view.envelope.allSections.filter {
        $0.kind == nil && $0.name.local.isExactly("BootOrderSection")
      }.map { Hit($0.place, reads: "empty disks") }
    },
    TargetCondition(
      "vs-encrypted", "an encrypted machine or disk, or an encryption section", .unknown,
      "vSphere does not export encrypted machines; an import is unlikely.",
      fix: "Decrypt the machine and export it again.", basis: .unsure("no document found"),
      triggering: .edit(
        Example.hardwareEnd,
        Example.extraConfig("encryption.bundle", "x", required: false) + Example.hardwareEnd)
    ) { view in
      view.sections(.encryption).map { Hit($0.place) }
        + view.settings(.extraConfig).filter(\.isOfEncryption).map(\.hit)
        + view.contents { $0.encryption != nil }
    },
    TargetCondition(
      "vs-delta", "a disk that holds only the changes to another", .unknown,
      "ovftool has facilities for such disks; what vSphere's client does was not seen.",
      fix: "Consolidate the snapshots and export again.",
      basis: .documented("OVF Tool guide, \"Delta Disk Facilities\""),
      triggering: .edit("ovf:diskId=\"disk1\"", "ovf:diskId=\"disk1\" ovf:parentRef=\"base\"")
    ) { $0.deltas },
    TargetCondition(
      "vs-capacity-small", "a disk with less capacity than its file has", .fails,
      "The upload stops: the uploaded disk is larger than requested.",
      fix: "Write the file's capacity.", basis: .reported("sift#220"),
      triggering: .edit("ovf:capacity=\"64\"", "ovf:capacity=\"32\"")
    ) { view in
      view.package.disks.compactMap { part in
        guard case .disk(let disk) = part.content, let real = disk.capacity,
          let told = view.capacity(of: part.disk), real > told
        else { return nil }
        return Hit(part.disk.place, found: "\(told) bytes declared, \(real) in the file")
      }
    },
  ]
}

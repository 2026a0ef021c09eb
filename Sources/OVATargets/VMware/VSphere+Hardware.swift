import OVARules
import OVFDescriptor

extension TargetProduct {
  static let hardwareFeatures = TargetCondition.Basis.documented(
    "VMware, \"Hardware Features Available with Virtual Machine Compatibility Settings\"")

  static let vSphereHardware: [TargetCondition] =
    vSphereFamilies + vSphereCapacity + vSphereDevices

  private static let vSphereFamilies: [TargetCondition] = [
    TargetCondition(
      "vs-family", "no hardware family that the host runs", .fails,
      "The import stops: no supported hardware version is among those listed.",
      fix: "Add a family to VirtualSystemType that the host runs, or use a newer host.",
      basis: .source("govmomi hardware_version.go; reports"),
      triggering: .family("vmx-99"), passing: .family("vmx-99 vmx-13")
    ) { view in
      view.families.filter { $0.effective(view.mostFamily) == nil }.map(\.hit)
    },
    TargetCondition(
      "vs-family-hosted", "only hardware families of Workstation (vmx-12, vmx-16)", .unknown,
      "VMware's table leaves these families out; hosts were seen that list vmx-12.",
      fix: "Add vmx-13 or a later family to VirtualSystemType.",
      basis: .reported("vCenter's own lists against govmomi's table"), releases: "7.0 and later",
      triggering: .family("vmx-12"), passing: .family("vmx-12 vmx-13")
    ) { view in
      guard view.release?.isVSphere(atLeast: "7.0") ?? true else { return [] }
      return view.families.filter { families in
        let taken = families.numbers.filter { $0 <= view.mostFamily && $0 >= 4 }
        return !taken.isEmpty && taken.allSatisfy { $0 == 12 || $0 == 16 }
      }.map(\.hit)
    },
    TargetCondition(
      "vs-family-low", "a hardware family below vmx-10", .unknown,
      "It is not known which the lowest family of these hosts is.",
      fix: "Add vmx-13 or a later family to VirtualSystemType.",
      basis: .reported("vmx-10 refused by a host above 7"), releases: "8.0 and later",
      triggering: .family("vmx-09")
    ) { view in
      guard view.release?.isVSphere(atLeast: "8.0") ?? true else { return [] }
      return view.families.filter { ($0.effective(view.mostFamily) ?? 10) < 10 }.map(\.hit)
    },
    TargetCondition(
      "vs-disk-order", "disks that are not in the order of their files", .fails,
      "The import stops with the fault OvfDiskOrderConstraint.",
      fix: "List the Disks in the order in which the References list their files.",
      basis: .source("govmomi types.go; a fixture of ovftool"),
      triggering: .twoDisks(inFront: true),
      passing: .twoDisks()
    ) { $0.disksOutOfOrder },
  ]

  private static let vSphereDevices: [TargetCondition] = [
    TargetCondition(
      "vs-device-family", "a device or firmware that the hardware family does not have", .fails,
      "The device is not available in that family.",
      fix: "Add a newer family that the host runs, or use an older device.",
      basis: hardwareFeatures,
      triggering: .edits([("vmx-13", "vmx-08"), (">lsilogic<", ">AHCI<"), ("Type>6<", "Type>20<")]),
      version: 2
    ) { view in
      view.devices { device, family in (firstFamily(of: device) ?? 0) > family }
        + view.hosted { hardware, family in
          let efi = hardware.firmware == "efi" && family < VMwareFamily.firstWithEFI
          let secure = hardware.secureBoot == true && family < VMwareFamily.firstWithSecureBoot
          return efi || secure
            ? [Hit(hardware.section.place, found: secure ? "secure boot" : "EFI")] : []
        }
    },
    TargetCondition(
      "vs-nvme-family", "an NVMe controller in a family before vmx-13", .fails,
      "The import stops: NVMe needs vmx-13.", fix: "Add vmx-13 or later, or use SCSI.",
      basis: .reported("terraform-provider-vsphere#2394"),
      triggering: .edits([
        (
          ">lsilogic</rasd:ResourceSubType>\n        <rasd:ResourceType>6<",
          ">vmware.nvme.controller</rasd:ResourceSubType>\n        <rasd:ResourceType>20<"
        ), ("vmx-13", "vmx-11"),
      ]), passing: .nvme
    ) { view in view.devices { device, family in device.kind == .controller(.nvme) && family < 13 }
    },
    TargetCondition(
      "vs-tpm-family", "a TPM without EFI or in a family before vmx-14", .fails,
      "A virtual TPM needs vmx-14 and EFI.",
      fix: "Set the firmware to EFI and add vmx-14 or later.",
      basis: .source("vm-operator MinSupportedHWVersionForVTPM"),
      triggering: .items(trustedModule), passing: .tpm
    ) { view in
      view.hosted { hardware, family in
        guard hardware.hasTPM, family < 14 || hardware.firmware != "efi" else { return [] }
        return view.tpms
      }
    },
    TargetCondition(
      "vs-tpm-host", "a TPM", .fails,
      "vCenter before 6.7 has no virtual TPM, and before 7.0 U2 none for Linux.",
      fix: "Use vCenter 6.7 or later; for Linux guests 7.0 U2 or later.",
      basis: .documented("VMware vdc-repo GUID-FBFDDA0D"), releases: "before 7.0 U2", at: "6.5",
      triggering: .tpm
    ) { view in
      guard let release = view.release, !release.isVSphere(atLeast: "7.0u2") else { return [] }
      return release.isVSphere(atLeast: "6.7") && !view.hasLinux ? [] : view.tpms
    },
    TargetCondition(
      "vs-tpm-key-provider", "a TPM", .unknown,
      "vCenter needs a key provider, which a package cannot show.",
      fix: "See that the vCenter has a key provider.",
      basis: .documented("VMware vdc-repo GUID-FBFDDA0D"), triggering: .tpm
    ) { $0.tpms },
    TargetCondition(
      "vs-missing-hardware", "a machine without a processor or memory", .note,
      "vCenter warns of missing hardware and takes defaults.",
      fix: "Add Items of the resource types 3 and 4.", basis: .source("govmomi OvfMissingHardware"),
      triggering: .edit("ResourceType>4<", "ResourceType>3<")
    ) { view in
      view.hardware.filter { $0.configuration == view.envelope.defaultConfiguration }
        .filter { hardware in
          !hardware.devices.contains { $0.kind == .processor }
            || !hardware.devices.contains { $0.kind == .memory }
        }.map { Hit($0.section.place) }
        + view.systems.filter(\.hardwareSections.isEmpty).map { Hit($0.place) }
    },
    TargetCondition(
      "vs-ovf2", "OVF 2", .fails, "Items of OVF 2 are refused as unsupported elements.",
      fix: TargetFix.ovf1, basis: .reported("BlackArch#1937"),
      triggering: .edit("envelope/1\"\n    xmlns:ovf", "envelope/2\"\n    xmlns:ovf")
    ) { view in
      view.namespaceHit(view.namespace == .ovf2)
        + view.items.filter { $0.kind != .item }.map { Hit($0.place, found: $0.kind.rawValue) }
    },
    TargetCondition(
      "vs-ide-subtype", "a subtype on an IDE controller", .fails,
      "The import stops: vCenter takes no subtype there, such as VirtualBox's PIIX4.",
      fix: "Remove the ResourceSubType of the IDE controller.", basis: .reported("Graylog2#211"),
      triggering: .items(Example.controller(21, type: 5, subType: "PIIX4")),
      passing: .items(Example.controller(21, type: 5))
    ) { view in
      view.items(5).filter { !($0.resourceSubType?.text ?? "").isEmpty }
        .map { $0.hit("ResourceSubType") }
    },
    TargetCondition(
      "vs-item-type", "a required device that vSphere does not make", .fails,
      "The import stops: there is no support for the device's type.",
      fix: "Write `ovf:required=\"false\"` on the Item when the machine can do without it.",
      basis: .reported("Graylog2#224"),
      triggering: .items(
        Example.item("", ("ElementName", "sound"), ("InstanceID", "21"), ("ResourceType", "35"))),
      passing: .items(
        Example.item(
          " ovf:required=\"false\"", ("ElementName", "sound"), ("InstanceID", "21"),
          ("ResourceType", "35")))
    ) { view in
      view.items.filter { item in
        item.isRequired && (item.resourceType?.value.map { $0 == 35 || $0 >= 32768 } ?? false)
      }.map { $0.hit("ResourceType") }
    },
  ]

  private static let trustedModule = Example.item(
    "", ("ElementName", "TPM"), ("InstanceID", "20"), ("ResourceSubType", "vmware.vtpm"),
    ("ResourceType", "1"))

  /// The first family with a device by the oldest of its alternatives; nil for one that VMware does
  /// not list. NVMe and TPM have conditions of their own.
  private static func firstFamily(of device: Device) -> Int? {
    let names = device.item.subTypes.map { $0.lowercased() }
      .filter { $0 != "vmware.nvme.controller" && $0 != "vmware.vtpm" }
    return names.map { VMwareFamily.firstWithDevice[$0] ?? 0 }.min()
  }
}

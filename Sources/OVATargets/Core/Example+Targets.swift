import OVARules

extension Example {
  /// The sound package with a piece of its descriptor written otherwise.
  static func edit(_ old: String, _ new: String, _ changes: Change...) -> Example {
    Example(.ova, edits: [Edit(old: old, new: new)], changes)
  }

  /// The sound package with several pieces of its descriptor written otherwise.
  static func edits(_ edits: [(old: String, new: String)], _ changes: Change...) -> Example {
    Example(.ova, edits: edits.map { Edit(old: $0.old, new: $0.new) }, changes)
  }

  /// The sound package with its files changed.
  static func files(_ form: Form = .ova, _ changes: Change...) -> Example {
    Example(form, edits: [], changes)
  }

  /// The sound package with further items.
  static func items(_ items: String...) -> Example {
    .edit(hardwareEnd, items.joined() + hardwareEnd)
  }

  /// The sound package with further items.
  static func items(contentsOf items: [String]) -> Example {
    .edit(hardwareEnd, items.joined() + hardwareEnd)
  }

  /// The sound package in another unit of memory.
  static func memoryUnit(_ unit: String) -> Example { .edit("byte * 2^20</rasd", unit + "</rasd") }

  /// The sound package with other hardware families.
  static func family(_ families: String) -> Example { .edit("vmx-13", families) }

  /// The end of the section to which items and settings are added.
  static let hardwareEnd = "    </VirtualHardwareSection>"

  /// An item of these children, in the schema's order.
  static func item(_ attributes: String = "", _ children: (name: String, text: String)...) -> String
  {
    let lines = children.map { "        <rasd:\($0.name)>\($0.text)</rasd:\($0.name)>\n" }
    return "      <Item\(attributes)>\n\(lines.joined())      </Item>\n"
  }

  /// A setting of VMware's.
  static func config(_ key: String, _ value: String, required: Bool = false) -> String {
    "      <vmw:Config ovf:required=\"\(required)\" vmw:key=\"\(key)\" vmw:value=\"\(value)\"/>\n"
  }

  /// A line of the `.vmx` file.
  static func extraConfig(_ key: String, _ value: String, required: Bool) -> String {
    "      <vmw:ExtraConfig ovf:required=\"\(required)\" vmw:key=\"\(key)\""
      + " vmw:value=\"\(value)\"/>\n"
  }

  /// A controller of storage.
  static func controller(
    _ id: Int, type: Int, subType: String? = nil, address: Int = 0
  ) -> String {
    let sub = subType.map { "        <rasd:ResourceSubType>\($0)</rasd:ResourceSubType>\n" } ?? ""
    return """
            <Item>
              <rasd:Address>\(address)</rasd:Address>
              <rasd:ElementName>Controller \(id)</rasd:ElementName>
              <rasd:InstanceID>\(id)</rasd:InstanceID>
      \(sub)        <rasd:ResourceType>\(type)</rasd:ResourceType>
            </Item>

      """
  }

  /// Two deployment options, of which the first is the default.
  static let twoOptions: (old: String, new: String) = (
    "  <VirtualSystem ovf:id=\"web\">",
    """
      <DeploymentOptionSection>
        <Info>Sizes</Info>
        <Configuration ovf:id="small" ovf:default="true">
          <Label>Small</Label>
          <Description>A small one</Description>
        </Configuration>
        <Configuration ovf:id="large">
          <Label>Large</Label>
          <Description>A large one</Description>
        </Configuration>
      </DeploymentOptionSection>
      <VirtualSystem ovf:id="web">
    """
  )

  /// Two options, the second with more processors.
  static let moreProcessors = Example.edits([
    twoOptions,
    (
      hardwareEnd,
      item(
        " ovf:configuration=\"large\"", ("AllocationUnits", "hertz * 10^6"),
        ("ElementName", "8 virtual CPUs"), ("InstanceID", "1"), ("ResourceType", "3"),
        ("VirtualQuantity", "8")) + hardwareEnd
    ),
  ])

  /// Two options, the second without the network adapter and the disk of the first.
  static let otherDevices = Example.edits([
    twoOptions,
    (
      "      <Item>\n        <rasd:AddressOnParent>",
      "      <Item ovf:configuration=\"small\">\n        <rasd:AddressOnParent>"
    ),
    (
      "      <Item>\n        <rasd:AutomaticAllocation>",
      "      <Item ovf:configuration=\"small\">\n        <rasd:AutomaticAllocation>"
    ),
  ])

  /// The machine in a collection.
  static let collection = Example.edits([
    (
      "  <VirtualSystem ovf:id=\"web\">",
      "  <VirtualSystemCollection ovf:id=\"site\">\n    <Info>A collection</Info>\n"
        + "  <VirtualSystem ovf:id=\"web\">"
    ),
    ("  </VirtualSystem>\n", "  </VirtualSystem>\n  </VirtualSystemCollection>\n"),
  ])

  /// Two machines in a collection.
  static let twoMachines = Example.edits([
    (
      "  <VirtualSystem ovf:id=\"web\">",
      "  <VirtualSystemCollection ovf:id=\"site\">\n    <Info>A collection</Info>\n"
        + "  <VirtualSystem ovf:id=\"web\">"
    ),
    (
      "  </VirtualSystem>\n",
      "  </VirtualSystem>\n  <VirtualSystem ovf:id=\"db\">\n    <Info>Another machine</Info>\n"
        + "  </VirtualSystem>\n  </VirtualSystemCollection>\n"
    ),
  ])

  /// Another disk, without a file.
  static let blankDisk = Example.edits([
    (
      "  </DiskSection>",
      "    <Disk ovf:diskId=\"disk2\" ovf:capacity=\"64\""
        + " ovf:capacityAllocationUnits=\"byte * 2^20\"/>\n  </DiskSection>"
    ),
    (hardwareEnd, secondDisk + hardwareEnd),
  ])

  /// So many further disks without a file, which no machine has.
  static func blankDisks(_ count: Int) -> Example {
    let disks = (2...count + 1).map { number in
      "    <Disk ovf:diskId=\"disk\(number)\" ovf:capacity=\"64\""
        + " ovf:capacityAllocationUnits=\"byte * 2^20\"/>\n"
    }
    return .edit("  </DiskSection>", disks.joined() + "  </DiskSection>")
  }

  /// The item of another disk on the first controller.
  static let secondDisk = item(
    "", ("AddressOnParent", "1"), ("ElementName", "Hard disk 2"),
    ("HostResource", "ovf:/disk/disk2"),
    ("InstanceID", "14"), ("Parent", "3"), ("ResourceType", "17"))

  /// Another disk with a file, in front of the first or behind it.
  static func twoDisks(inFront: Bool = false) -> Example {
    let format = "http://www.vmware.com/interfaces/specifications/vmdk.html#streamOptimized"
    let disk =
      "    <Disk ovf:diskId=\"disk2\" ovf:fileRef=\"file2\" ovf:capacity=\"64\""
      + " ovf:capacityAllocationUnits=\"byte * 2^20\" ovf:format=\"\(format)\"/>\n"
    let place: (old: String, new: String) =
      inFront
      ? ("    <Info>Virtual disks</Info>\n", "    <Info>Virtual disks</Info>\n" + disk)
      : ("  </DiskSection>", disk + "  </DiskSection>")
    return .edits(
      [
        (
          "  </References>", "    <File ovf:id=\"file2\" ovf:href=\"disk2.vmdk\"/>\n  </References>"
        ),
        place, (hardwareEnd, secondDisk + hardwareEnd),
      ], .add("disk2.vmdk", .disk(capacity: 64 << 20)))
  }

  /// Two disks, of which the second is in the first place of the controller.
  static let bootFromSecond = {
    var example = twoDisks()
    example.edits += [
      .init(old: "<rasd:AddressOnParent>0<", new: "<rasd:AddressOnParent>5<"),
      .init(old: "<rasd:AddressOnParent>1<", new: "<rasd:AddressOnParent>0<"),
    ]
    return example
  }()

  /// The disk's file has another name, in the archive and in the descriptor.
  static func diskNamed(_ name: String) -> Example {
    .edit(
      "ovf:href=\"web-disk1.vmdk\"", "ovf:href=\"\(name)\"", .rename("web-disk1.vmdk", to: name))
  }

  /// The disk is split into chunks of this size.
  static let chunks = Example.edit(
    "ovf:href=\"web-disk1.vmdk\"", "ovf:chunkSize=\"1000000\" ovf:href=\"web-disk1.vmdk\"",
    .rename("web-disk1.vmdk", to: "web-disk1.vmdk.000000000"))

  /// The disk's file is compressed by gzip.
  static let gzip = Example.edit(
    "ovf:href=\"web-disk1.vmdk\" ovf:size=\"SIZE\"",
    "ovf:compression=\"gzip\" ovf:href=\"web-disk1.vmdk.gz\"", .content("web-disk1.vmdk", .gzipped),
    .rename("web-disk1.vmdk", to: "web-disk1.vmdk.gz"))

  /// The disk hangs on an NVMe controller.
  static let nvme = Example.edit(
    "<rasd:ResourceSubType>lsilogic</rasd:ResourceSubType>\n        <rasd:ResourceType>6<",
    "<rasd:ResourceSubType>vmware.nvme.controller</rasd:ResourceSubType>\n"
      + "        <rasd:ResourceType>20<")

  /// The machine has EFI as its firmware.
  static let efi = Example.edit(hardwareEnd, config("firmware", "efi") + hardwareEnd)

  /// The machine has a TPM.
  static let tpm = Example.edits([
    (
      hardwareEnd,
      item(
        "", ("ElementName", "TPM"), ("InstanceID", "20"), ("ResourceSubType", "vmware.vtpm"),
        ("ResourceType", "1")) + config("firmware", "efi") + hardwareEnd
    ),
    ("vmx-13", "vmx-14"),
  ])

  /// The package is without a manifest.
  static let withoutManifest = Example(.ova, edits: [], [.remove("web.mf")])

  /// A byte of the disk differs from what its digest says.
  static let damaged = Example(
    .ova, edits: [], [.sealManifest, .content("web-disk1.vmdk", .flipped(at: -600))])
}

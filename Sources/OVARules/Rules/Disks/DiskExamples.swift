import OVFDescriptor

extension Example {
  /// How the sound package declares its disk's capacity.
  static let soundCapacity = #"ovf:capacity="64" ovf:capacityAllocationUnits="byte * 2^20""#

  /// A disk that is a text, with its data in a file beside it.
  static let soundFlat = Example(
    .folder,
    edits: [
      .flatFormat, .withoutSize, .init(old: #"ovf:capacity="64""#, new: #"ovf:capacity="1""#),
    ],
    [
      .diskText(#"RW 2048 FLAT "web-disk1-flat.vmdk" 0"#),
      .add("web-disk1-flat.vmdk", .filled(with: 0, count: 1 << 20)),
    ], documented: false)
}

extension Example.Edit {
  /// A format that fits an uncompressed sparse disk.
  static let sparseFormat = Example.Edit(old: "#streamOptimized", new: "#monolithicSparse")

  /// A format that fits a disk whose data is in a file beside it.
  static let flatFormat = Example.Edit(old: "#streamOptimized", new: "#monolithicFlat")

  /// The size of the disk's file is not declared.
  static let withoutSize = Example.Edit(old: #" ovf:size="SIZE""#, new: "")

  /// A second disk beside the sound one.
  static func secondDisk(_ attributes: String) -> Example.Edit {
    Example.Edit(old: "</DiskSection>", new: "<Disk \(attributes)/></DiskSection>")
  }

  /// A second disk without content, with further attributes if need be.
  static func blankDisk(_ more: String = "") -> Example.Edit {
    .secondDisk(#"ovf:diskId="disk2" ovf:capacity="1073741824""# + more)
  }

  /// The machine has the second disk.
  static let usesSecondDisk = Example.Edit(
    old: "<rasd:InstanceID>4</rasd:InstanceID>",
    new: """
      <rasd:InstanceID>4</rasd:InstanceID>
              <rasd:Parent>3</rasd:Parent>
              <rasd:ResourceType>17</rasd:ResourceType>
            </Item>
            <Item>
              <rasd:AddressOnParent>1</rasd:AddressOnParent>
              <rasd:ElementName>Hard disk 2</rasd:ElementName>
              <rasd:HostResource>ovf:/disk/disk2</rasd:HostResource>
              <rasd:InstanceID>6</rasd:InstanceID>
      """)
}

extension Example.Change {
  /// The disk is a text with these extent lines.
  static func diskText(
    _ extents: String, createType: String = "monolithicFlat"
  ) -> Example.Change {
    .content(
      "web-disk1.vmdk",
      .text(
        """
        # Disk DescriptorFile
        version=1
        CID=12345678
        parentCID=ffffffff
        createType="\(createType)"
        \(extents)
        ddb.adapterType = "lsilogic"

        """))
  }
}

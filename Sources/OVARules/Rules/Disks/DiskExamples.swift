import OVFDescriptor

extension Example {
  /// The declaration of the disk's capacity in the sound package.
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

  /// The file with a flat disk's data is listed.
  static let listsExtent = Example.Edit(
    old: "</References>",
    new: #"<File ovf:id="file2" ovf:href="web-disk1-flat.vmdk"/></References>"#)

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
    _ extents: String, createType: String = "monolithicFlat", more: String = ""
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
        \(more)\(extents)
        ddb.adapterType = "lsilogic"

        """))
  }
}

extension Example {
  /// The sound package's disk as a QCOW2 disk of a mebibyte, with what makes the example.
  static func qcow2(
    _ disk: QCOW2Example = QCOW2Example(), caption: String? = nil, documented: Bool = true
  ) -> Example {
    Example(
      .ova,
      edits: [
        .withoutSize, .init(old: #"ovf:capacity="64""#, new: #"ovf:capacity="1""#),
        .init(
          old: "http://www.vmware.com/interfaces/specifications/vmdk.html#streamOptimized",
          new: "http://www.gnome.org/~markmc/qcow-image-format.html"),
      ], [.content("web-disk1.vmdk", .bytes(disk.bytes))], caption: caption,
      documented: documented)
  }
}

/// A QCOW2 disk of a mebibyte in which nothing is stored.
struct QCOW2Example {
  /// The name of the file to which it holds the changes; empty for none.
  var backing = ""
  /// 0 none, 1 AES, 2 LUKS.
  var encryption: UInt64 = 0

  /// Four clusters of 512 bytes: header, refcount table and block, L1 table.
  var bytes: [UInt8] {
    var bytes = [UInt8](repeating: 0, count: 4 * 512)
    func put(_ number: UInt64, _ width: Int, at offset: Int) {
      for index in 0..<width {
        bytes[offset + index] = UInt8(truncatingIfNeeded: number >> UInt64((width - 1 - index) * 8))
      }
    }
    bytes.replaceSubrange(0..<4, with: [0x51, 0x46, 0x49, 0xFB])
    let name = Array(backing.utf8.prefix(300))
    for (offset, width, number) in [
      (4, 4, 3), (8, 8, name.isEmpty ? 0 : 112), (16, 4, UInt64(name.count)), (20, 4, 9),
      (24, 8, 1 << 20), (32, 4, encryption), (36, 4, 32), (40, 8, 3 * 512), (48, 8, 512),
      (56, 4, 1), (96, 4, 4), (100, 4, 104), (512, 8, 1024),
    ] as [(Int, Int, UInt64)] {
      put(number, width, at: offset)
    }
    bytes.replaceSubrange(112..<112 + name.count, with: name)
    for cluster in 0..<4 { put(1, 2, at: 1024 + cluster * 2) }
    return bytes
  }
}

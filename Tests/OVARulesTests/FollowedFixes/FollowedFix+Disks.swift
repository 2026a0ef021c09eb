import OVARules

extension FollowedFix {
  /// Disks.
  static let disks: [FollowedFix] = [
    Self(
      "disk-bad-capacity",
      .replace(#"ovf:capacity="{{RAWSIZE}}""#, #"ovf:capacity="64""#)),
    Self(
      "disk-bad-populatedsize",
      .delete(#" ovf:populatedSize="${POPULATED}""#)),
    Self(
      "disk-capacity-is-file-size",
      .replace(#"ovf:capacity="SIZE""#, #"ovf:capacity="67108864""#)),
    Self(
      "disk-capacity-too-large",
      .replace(#"ovf:capacity="67108864""#, #"ovf:capacity="64""#)),
    Self(
      "disk-capacity-too-small",
      .replace(#"ovf:capacity="63""#, #"ovf:capacity="64""#)),
    Self(
      "disk-dangling-fileref",
      .replace(#"ovf:fileRef="file9""#, #"ovf:fileRef="file1""#)),
    Self(
      "disk-missing-capacity",
      .replace(#"ovf:fileRef="file1""#, #"ovf:fileRef="file1" ovf:capacity="64""#)),
    Self(
      "disk-missing-format",
      .replace(
        #"ovf:fileRef="file1""#,
        #"ovf:fileRef="file1" ovf:format="http://www.vmware.com/interfaces/specifications/vmdk.html#streamOptimized""#
      )),
    Self(
      "disk-populated-exceeds-capacity",
      .delete(#" ovf:populatedSize="67108865""#)),
    Self(
      "disk-unknown-format",
      .replace(#"vmdk.html#""#, #"vmdk.html#streamOptimized""#)),
    Self(
      "disk-zero-capacity",
      .replace(#"ovf:capacity="0""#, #"ovf:capacity="64""#)),
    Self(
      "disk-empty-fileref",
      .delete(#" ovf:fileRef="""#)),
    Self("disk-missing-id", .insert(#"ovf:diskId="disk1" "#, after: "<Disk ")),
    Self(
      "disk-duplicate-id",
      .replace(
        #"ovf:diskId="disk1" ovf:capacity="1073741824""#,
        #"ovf:diskId="disk2" ovf:capacity="1073741824""#)),
    Self(
      "disk-duplicate-fileref",
      .delete(
        #"<Disk ovf:diskId="disk2" ovf:fileRef="file1" ovf:capacity="67108864" "#
          + #"ovf:format="\#(streamOptimized)"/>"#), .delete(secondDiskItem)),
    Self("disk-dangling-parentref", .delete(#" ovf:parentRef="base""#)),
    Self("disk-parent-cycle", .delete(#" ovf:parentRef="disk1""#)),
    Self("disk-parent-cycle", example: 2, .delete(#" ovf:parentRef="disk2""#)),
    Self("disk-unused", .delete(#"<Disk ovf:diskId="disk2" ovf:capacity="1073741824"/>"#)),
    Self(
      "disk-used-twice",
      .replace(
        "ovf:/disk/disk1</rasd:HostResource>\n        <rasd:InstanceID>6",
        "ovf:/disk/disk2</rasd:HostResource>\n        <rasd:InstanceID>6"),
      .insert(
        #"<Disk ovf:diskId="disk2" ovf:capacity="1073741824"/>"#, before: "</DiskSection>")),
    Self(
      "disk-unresolved-capacity",
      .replace(#"ovf:capacity="${disk.size}""#, #"ovf:capacity="64""#)),
    Self("disk-trailing-data", .content("web-disk1.vmdk", .shortened(by: 512))),
    Self("disk-trailing-data", example: 2, .content("web-disk1.vmdk", .shortened(by: 8192))),
    Self(
      "disk-descriptor-malformed",
      .content(
        "web-disk1.vmdk",
        .text(
          """
          # Disk DescriptorFile
          version=1
          CID=12345678
          parentCID=ffffffff
          createType="monolithicFlat"
          RW 2048 FLAT "web-disk1-flat.vmdk" 0
          ddb.adapterType = "lsilogic"

          """))),
    Self("disk-populated-differs", .delete(#" ovf:populatedSize="65536""#)),
    Self(
      "disk-blank", .delete(#"<File ovf:id="file1" ovf:href="web-disk1.vmdk"/>"#),
      .delete(#" ovf:fileRef="file1""#),
      .delete(#" ovf:format="http://en.wikipedia.org/wiki/Byte""#), .remove("web-disk1.vmdk")),
    Self("blank-disk-attributes", .delete(#" ovf:populatedSize="4096""#)),
    Self(
      "blank-disk-attributes", example: 2,
      .replace(
        #"ovf:capacity="1073741824" ovf:format="\#(streamOptimized)""#,
        #"ovf:capacity="1073741824""#)),
    Self(
      "disk-order", .delete(orderedDisk),
      .insert(orderedDisk, before: "  </DiskSection>")),
    Self("disk-format-mismatch", .replace("#streamOptimized", "#monolithicSparse")),
    Self("disk-format-mismatch", example: 2, .replace("#monolithicSparse", "#streamOptimized")),
    Self(
      "disk-format-mismatch", example: 3,
      .replace("http://www.gnome.org/~markmc/qcow-image-format.html", streamOptimized)),
  ]

  /// The item of a second disk in the rules' examples.
  private static let secondDiskItem = item([
    "AddressOnParent": "1", "ElementName": "Hard disk 2", "HostResource": "ovf:/disk/disk2",
    "InstanceID": "6", "Parent": "3", "ResourceType": "17",
  ])

  /// The Disk that stands before another although its file comes behind.
  private static let orderedDisk =
    #"<Disk ovf:diskId="disk2" ovf:fileRef="file2" ovf:capacity="1073741824" "#
    + #"ovf:format="\#(streamOptimized)"/>\#n    "#
}

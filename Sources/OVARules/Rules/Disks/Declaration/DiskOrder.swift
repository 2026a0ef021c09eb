import OVABasics
import OVAPackage
import OVFDescriptor
import OVFXML

extension Rule {
  /// The disks stand in another order than their files.
  static let diskOrder = Rule(
    id: "disk-order",
    group: .disks,
    title: "The disks are not in the order of their files",
    severity: .error,
    basis: .practice(
      "vSphere: the fault OvfDiskOrderConstraint; ovftool's own tests refuse such a package."),
    why:
      "Importers that read a package as a stream take the files as the References list them, and "
      + "match them with the disks as they come. In another order vSphere and ovftool refuse the "
      + "package, and others fill a disk with the content of another.",
    fix: "Put the Disk elements into the order of the File elements that they name.",
    triggering: [
      Example(
        .folder, edits: [.otherDisk, .diskBeforeOther, .usesSecondDisk],
        [.add("web-disk2.vmdk", .disk(capacity: 1 << 30))])
    ],
    passing: [
      .sound(.folder),
      Example(
        .folder,
        edits: [
          .otherDisk, .secondDisk(Example.otherDiskAttributes), .usesSecondDisk,
        ], [.add("web-disk2.vmdk", .disk(capacity: 1 << 30))]),
      Example(
        .folder, edits: [.blankDiskBetween, .usesSecondDisk, .usesThird], [],
        caption: "blank disks have no file to be in the order of", documented: false),
    ]
  ) { checked, findings in
    var order: [ExactName: Int] = [:]
    for (number, file) in checked.envelope.files.enumerated() {
      guard let id = file.id?.text, order[ExactName(id)] == nil else { continue }
      order[ExactName(id)] = number
    }
    // VirtualBox looks the files up by name.
    let isVirtualBoxOnly =
      !checked.hardwareSections.isEmpty
      && checked.hardwareSections.allSatisfy(\.section.isVirtualBoxOnly)
    // A file that several disks are made from counts where it is first named.
    var named: Set<ExactName> = []
    var last: (number: Int, disk: Disk)?
    for disk in checked.envelope.disks where !disk.isShared {
      guard let id = disk.fileReference?.text, let number = order[ExactName(id)],
        named.insert(ExactName(id)).inserted
      else { continue }
      if let last, last.number > number {
        findings.add(
          "\(disk.title) comes after \(last.disk.title), but its file comes before that disk's",
          at: disk.place, found: id, severity: isVirtualBoxOnly ? .warning : nil)
        return
      }
      last = (number, disk)
    }
  }
}

extension Example {
  /// A second disk with a file of its own.
  fileprivate static let otherDiskAttributes =
    #"ovf:diskId="disk2" ovf:fileRef="file2" ovf:capacity="1073741824" "#
    + #"ovf:format="http://www.vmware.com/interfaces/specifications/vmdk.html#streamOptimized""#
}

extension Example.Edit {
  /// The file of the second disk.
  fileprivate static let otherDisk = Self(
    old: "  </References>",
    new: "    <File ovf:id=\"file2\" ovf:href=\"web-disk2.vmdk\"/>\n  </References>")
  /// The second disk stands before the first.
  fileprivate static let diskBeforeOther = Self(
    old: "<Disk ovf:diskId=\"disk1\"",
    new: "<Disk \(Example.otherDiskAttributes)/>\n    <Disk ovf:diskId=\"disk1\"")
  /// A blank disk stands before the first.
  fileprivate static let blankDiskBetween = Self(
    old: "<Disk ovf:diskId=\"disk1\"",
    new: "<Disk ovf:diskId=\"disk3\" ovf:capacity=\"1048576\"/>\n    <Disk ovf:diskId=\"disk1\"")
  /// The second disk of the machine is the blank one.
  fileprivate static let usesThird = Self(old: "ovf:/disk/disk2", new: "ovf:/disk/disk3")
}

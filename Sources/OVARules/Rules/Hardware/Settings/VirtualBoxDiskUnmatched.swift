import OVABasics
import OVAPackage
import OVFDescriptor
import OVFXML

extension Rule {
  /// VirtualBox's own description uses a disk that the disk section does not have.
  static let virtualBoxDiskUnmatched = Rule(
    id: "virtualbox-disk-unmatched",
    group: .hardware,
    title: "VirtualBox's description uses a disk that is not there",
    severity: .warning,
    basis: .practice(
      "VirtualBox: \"<vbox:Machine> element in OVF contains a medium attachment for the disk image "
        + "… but the OVF describes no such image\"."),
    why: "VirtualBox goes by its own description before the standard's hardware, and finds disks "
      + "by their `vbox:uuid`. One that no Disk has stops the import.",
    fix: "Write the disk's `vbox:uuid` as the Image's uuid, or delete the `vbox:Machine`.",
    triggering: [
      Example(
        .folder,
        edits: [.diskUUID("11111111-1111-4111-8111-111111111111"), .attachment], [])
    ],
    passing: [
      .sound(.folder),
      Example(
        .folder,
        edits: [.diskUUID("22222222-2222-4222-8222-222222222222"), .attachment], []),
    ]
  ) { checked, findings in
    let known = Set(
      checked.envelope.disks.compactMap { disk in
        disk.otherAttributes.first { $0.name.local.isExactly("uuid") }?.value.bareUUID
      })
    // Older exports have no uuid at all and go by the order of the disks.
    guard !known.isEmpty else { return }
    for system in checked.envelope.virtualSystems {
      for machine in system.extensions where machine.name.local.isExactly("Machine") {
        for attachment in machine.element.all("AttachedDevice") {
          guard attachment.attribute("type")?.value == "HardDisk" else { continue }
          for image in attachment.children where image.name.local.isExactly("Image") {
            guard let uuid = image.attribute("uuid")?.value, !known.contains(uuid.bareUUID)
            else { continue }
            findings.add(
              "\(system.title) attaches the disk image \(uuid), and no Disk has that vbox:uuid",
              at: image.place(in: machine.place.file), found: uuid)
          }
        }
      }
    }
  }
}

extension XMLTreeElement {
  /// The elements of a local name anywhere below.
  func all(_ local: String) -> [XMLTreeElement] {
    children.flatMap { ($0.name.local.isExactly(local) ? [$0] : []) + $0.all(local) }
  }
}

extension String {
  /// A UUID without braces, in lower case.
  fileprivate var bareUUID: String { lowercased().filter { $0 != "{" && $0 != "}" } }
}

extension Example.Edit {
  fileprivate static func diskUUID(_ uuid: String) -> Self {
    Self(
      old: "<Disk ovf:diskId=\"disk1\"",
      new: "<Disk xmlns:vbox=\"http://www.virtualbox.org/ovf/machine\" vbox:uuid=\"\(uuid)\""
        + " ovf:diskId=\"disk1\"")
  }

  fileprivate static let attachment = Self(
    old: "</VirtualSystem>",
    new: "<vbox:Machine xmlns:vbox=\"http://www.virtualbox.org/ovf/machine\""
      + " ovf:required=\"false\">\n      <AttachedDevice type=\"HardDisk\">"
      + "<Image uuid=\"{22222222-2222-4222-8222-222222222222}\"/></AttachedDevice>\n"
      + "    </vbox:Machine>\n  </VirtualSystem>")
}

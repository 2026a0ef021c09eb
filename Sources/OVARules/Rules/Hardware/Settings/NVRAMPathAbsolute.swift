import OVABasics
import OVAPackage
import OVFDescriptor
import OVFXML

extension Rule {
  /// A path of the author's machine.
  static let nvramPathAbsolute = Rule(
    id: "nvram-path-absolute",
    group: .hardware,
    title: "VirtualBox's settings name a file of the author's computer",
    severity: .warning,
    basis: .practice("VirtualBox: 'NVRAM file not found', with the exporter's own path."),
    why: "The path exists on the computer that made the package only; VirtualBox fails to start "
      + "the imported machine, and the path tells who made it.",
    fix: "Remove the `NVRAM` path from `vbox:Machine` and run `ova manifest PATH`; `ova fix "
      + "--drop nvram` does both.",
    triggering: [
      Example(
        .folder,
        edits: [
          .init(
            old: "</VirtualSystem>",
            new: #"<vbox:Machine xmlns:vbox="http://www.virtualbox.org/ovf/machine" "#
              + #"ovf:required="false"><Info>x</Info><Hardware><BIOS>"#
              + #"<NVRAM path="/Users/ann/VMs/web.nvram"/></BIOS></Hardware></vbox:Machine>"#
              + "</VirtualSystem>")
        ], [])
    ],
    passing: [
      .sound(.folder),
      Example(
        .folder,
        edits: [
          .init(
            old: "</VirtualSystem>",
            new: #"<vbox:Machine xmlns:vbox="http://www.virtualbox.org/ovf/machine" "#
              + #"ovf:required="false"><Info>x</Info><Hardware><BIOS>"#
              + #"<NVRAM path="web.nvram"/></BIOS></Hardware></vbox:Machine></VirtualSystem>"#)
        ], []),
    ]
  ) { checked, findings in
    for system in checked.package.envelope.virtualSystems {
      for machine in system.extensions where machine.name.local.isSame("Machine") {
        for nvram in machine.element.all("NVRAM") {
          guard let path = nvram.attributes.first(where: { $0.name.local.isSame("path") }),
            path.value.isAbsolutePath
          else { continue }
          findings.add(
            "the machine's NVRAM is at '\(path.value)'",
            at: path.place(in: machine.place.file), found: path.value)
        }
      }
    }
  }
}

extension String {
  /// True if it begins at a root or a drive.
  fileprivate var isAbsolutePath: Bool {
    let bytes = Array(utf8.prefix(2))
    return bytes.first == UInt8(ascii: "/") || bytes.first == UInt8(ascii: "\\")
      || bytes.count == 2 && bytes[1] == UInt8(ascii: ":")
  }
}

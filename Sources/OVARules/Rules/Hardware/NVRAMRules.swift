import OVABasics
import OVAPackage
import OVFDescriptor
import OVFXML

private func setting(_ value: String) -> Example.Edit {
  Example.Edit(
    old: "</VirtualHardwareSection>",
    new:
      #"<vmw:ExtraConfig ovf:required="false" vmw:key="nvram" vmw:value="\#(value)"/></VirtualHardwareSection>"#
  )
}
private let listed = Example.Edit(
  old: #"ovf:size="SIZE"/>"#,
  new: #"ovf:size="SIZE"/><File ovf:id="file2" ovf:href="web.nvram"/>"#)

extension Rule {
  /// A setting that names an NVRAM file that is not listed.
  static let nvramDangling = Rule(
    id: "nvram-dangling",
    group: .hardware,
    title: "A setting names an NVRAM file that the package does not list",
    severity: .error,
    basis: .practice("vSphere: 'Session has missing file(s) … .nvram'."),
    why: "The importer waits for the file and the deployment fails, or the firmware forgets what "
      + "to boot.",
    fix: "List and ship the `.nvram` file, or remove the `ExtraConfig`.",
    triggering: [Example(.folder, edits: [setting("ovf:/file/file9")], [])],
    passing: [
      .sound(.folder),
      Example(
        .folder, edits: [listed, setting("ovf:/file/file2")], [.add("web.nvram", .text("nvram"))]),
    ]
  ) { checked, findings in
    let envelope = checked.package.envelope
    for section in envelope.virtualSystems.flatMap(\.hardwareSections) {
      for setting in section.settings + section.items.flatMap(\.settings) {
        guard setting.kind == .extraConfig, let value = setting.value,
          case .file(let id) = HostResource(value.text),
          case .unresolved = envelope.backing(of: .file(id))
        else { continue }
        findings.add(
          "the setting '\(setting.key?.text ?? "")' names the File '\(id)', which there is not",
          at: value.place, expected: "the id of a File", found: value.text)
      }
    }
  }

  /// A path of the author's machine.
  static let nvramPathAbsolute = Rule(
    id: "nvram-path-absolute",
    group: .hardware,
    title: "VirtualBox's settings name a file of the author's computer",
    severity: .warning,
    basis: .practice("VirtualBox: 'NVRAM file not found', with the exporter's own path."),
    why: "The path exists on the computer that made the package only; VirtualBox fails to start "
      + "the imported machine, and the path tells who made it.",
    fix: "Remove the `NVRAM` path from `vbox:Machine`, then make the manifest anew.",
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
            at: Place(machine.place.file, line: path.line), found: path.value)
        }
      }
    }
  }
}

extension XMLElement {
  /// The elements of a local name anywhere below.
  fileprivate func all(_ local: String) -> [XMLElement] {
    children.flatMap { ($0.name.local.isSame(local) ? [$0] : []) + $0.all(local) }
  }
}

extension String {
  /// Whether it begins at a root or a drive.
  fileprivate var isAbsolutePath: Bool {
    let bytes = Array(utf8.prefix(2))
    return bytes.first == UInt8(ascii: "/") || bytes.first == UInt8(ascii: "\\")
      || bytes.count == 2 && bytes[1] == UInt8(ascii: ":")
  }
}

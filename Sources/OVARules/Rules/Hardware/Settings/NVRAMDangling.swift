import OVAPackage
import OVFDescriptor

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
    fix: "List and ship the `.nvram` file, or remove the `ExtraConfig`: `ova fix PATH --drop "
      + "nvram --write NEW.ova`.",
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
}

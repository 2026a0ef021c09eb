import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// A package for old hosts ships a file that they do not know.
  static let nvramFileRecent = Rule(
    id: "nvram-file-recent",
    group: .hardware,
    title: "Hosts of the hardware family do not know NVRAM files",
    severity: .info,
    basis: .practice("vSphere: \"session has missing file(s) … .nvram\", HTTP 405 on upload."),
    why: "vSphere ships the firmware's settings from 6.7 on. Hosts before that, which the hardware "
      + "family is for, are handed a file that they do not take, and some clients stop there.",
    fix: "For such hosts run `ova fix PATH --drop nvram --write NEW.ova`, which removes the "
      + "File, the ExtraConfig `nvram` and the manifest's line.",
    triggering: [
      Example(
        .folder,
        edits: [
          .family("vmx-11"), .extraConfig("nvram", "ovf:/file/nvram"), .nvramFile,
        ], [.add("web.nvram", .text("settings"))])
    ],
    passing: [
      .sound(.folder),
      Example(
        .folder,
        edits: [
          .family("vmx-14"), .extraConfig("nvram", "ovf:/file/nvram"), .nvramFile,
        ], [.add("web.nvram", .text("settings"))]),
    ]
  ) { checked, findings in
    for (machine, section) in checked.hardwareSections {
      guard let newest = section.vmwareVersions.max(), newest < 13,
        let setting = section.settings.first(where: {
          $0.kind == .extraConfig && $0.key?.text == "nvram"
        }), let value = setting.value, case .file(let id) = HostResource(value.text),
        let file = checked.envelope.file(id: id)
      else { continue }
      findings.add(
        "\(machine.title) is for hosts of \(newest.asFamily) and ships "
          + "'\(file.href?.text ?? id)'", at: setting.place)
    }
  }
}

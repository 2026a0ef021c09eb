import OVABasics
import OVAPackage
import OVFDescriptor
import OVFXML

extension Rule {
  /// A required setting that vSphere does not know.
  static let settingUnknown = Rule(
    id: "setting-unknown",
    group: .hardware,
    title: "vSphere has no such setting",
    severity: .warning,
    basis: .practice("vSphere: \"unable to parse 'tools.syncTime' for attribute 'key'\"."),
    why: "The key of a Config names a field of vSphere's machine configuration. One that vSphere "
      + "does not have is passed over, or, of a required setting, has the package refused.",
    fix: "Correct the key, with `ovf:required=\"false\"`, or delete the setting.",
    triggering: [
      Example(
        adding: "      <vmw:Config vmw:key=\"tools.syncTime\" vmw:value=\"true\"/>\n",
        before: "    </VirtualHardwareSection>"),
      Example(
        .folder, edits: [.setting("Firmware", "efi")], [],
        caption: "a known key in other letters"),
    ],
    passing: [
      .sound(.folder), Example(.folder, edits: [.setting("tools.syncTimeWithHost", "true")], []),
      Example(
        .folder, edits: [.setting("somethingNew", "true")], [],
        caption: "what may be skipped may be new"),
    ]
  ) { checked, findings in
    for (_, section) in checked.hardwareSections {
      for setting in section.settings + section.items.flatMap(\.settings)
      where setting.isUnknownToVSphere {
        let key = setting.key?.text ?? ""
        let spelling = VMwareSetting.spelling(of: key)
        guard setting.isRequired || spelling != nil else { continue }
        findings.add(
          "the \(setting.isRequired ? "required " : "")setting '\(key)' is none that vSphere has",
          at: setting.place, expected: spelling, found: key,
          fix: spelling.map { "Write `\($0)`." })
      }
    }
  }
}

extension Setting {
  /// True if it is a `Config` of a field that vSphere's machine configuration does not have.
  var isUnknownToVSphere: Bool {
    guard kind == .config, let key, !key.text.isEmpty else { return false }
    return !VMwareSetting.isKnown(key.text)
  }
}

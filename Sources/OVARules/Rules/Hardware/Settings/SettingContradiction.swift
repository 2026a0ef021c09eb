import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// One setting has two values.
  static let settingContradiction = Rule(
    id: "setting-contradiction",
    group: .hardware,
    title: "A setting has two values",
    severity: .warning,
    basis: .practice("vSphere: each field of a machine's configuration is set once."),
    why: "Which of the values counts is up to the importer: some take the first, others the last. "
      + "With the firmware it decides whether the guest starts.",
    fix: "Keep the line that is meant, and delete the other.",
    triggering: [
      Example(.folder, edits: [.setting("firmware", "bios", "firmware", "efi")], [])
    ],
    passing: [
      .sound(.folder),
      Example(.folder, edits: [.setting("firmware", "efi", "firmware", "efi")], []),
    ]
  ) { checked, findings in
    for (_, section) in checked.hardwareSections {
      for settings in [section.settings] + section.items.map(\.settings) {
        var first: [ExactName: Setting] = [:]
        for setting in settings {
          guard let key = setting.key?.text, let value = setting.value?.text else { continue }
          let name = ExactName("\(setting.kind) \(key)")
          guard let earlier = first[name] else {
            first[name] = setting
            continue
          }
          let before = earlier.value?.text ?? ""
          guard before.lowercased() != value.lowercased() else { continue }
          findings.add(
            "the setting '\(key)' is '\(before)' in line \(earlier.place.line ?? 0) and '\(value)' "
              + "here", at: setting.place, expected: before, found: value)
        }
      }
    }
  }
}

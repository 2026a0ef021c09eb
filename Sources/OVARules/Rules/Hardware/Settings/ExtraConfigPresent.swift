import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// The machine has lines of a `.vmx` file.
  static let extraConfigPresent = Rule(
    id: "extra-config-present",
    group: .hardware,
    title: "The machine has advanced settings",
    severity: .info,
    version: 2,
    basis: .practice(
      "vSphere: \"the OVF package contains advanced configuration options, which might pose a "
        + "security risk\"."),
    why: "Whoever imports the package is asked to review and accept the settings; an import "
      + "without a person at hand may stop there.",
    fix: "Keep those that the guest needs, and say in the product's documentation why.",
    triggering: [Example(.folder, edits: [.extraConfig("disk.enableUUID", "true")], [])],
    passing: [
      .sound(.folder),
      Example(
        .folder, edits: [.extraConfig("ethernet1.present", "true")], [],
        caption: "one that is refused is said as that", documented: false),
    ]
  ) { checked, findings in
    for (machine, section) in checked.hardwareSections {
      let keys = section.advancedKeys.filter {
        !$0.isRefused && !VMXSetting.isIgnored($0.text)
      }
      guard let first = keys.first else { continue }
      findings.add(
        "\(machine.title) has \(keys.count.of("advanced setting")): \(keys.map(\.text).quoted)",
        at: first.place)
    }
  }
}

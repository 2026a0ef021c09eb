import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// The machine wants more video memory than hosts give.
  static let videoMemoryLarge = Rule(
    id: "video-memory-large",
    group: .hardware,
    title: "A machine has more video memory than hosts give",
    severity: .warning,
    basis: .practice(
      "vSphere: \"Invalid configuration for device '2'\" for property "
        + "'VirtualVideoCard.videoRamSizeInKB' (VMware KB 65205)."),
    why: "Workstation and Fusion give a machine 256 MiB of video memory. ESXi up to 7.0 has at "
      + "most 128 MiB and refuses the machine.",
    fix: "Write 131072 or less, such as 8192.",
    triggering: [Example(.folder, edits: [.setting("videoRamSizeInKB", "262144")], [])],
    passing: [
      .sound(.folder), Example(.folder, edits: [.setting("videoRamSizeInKB", "131072")], []),
    ]
  ) { checked, findings in
    for (machine, section) in checked.hardwareSections {
      // A family of ESXi 8 cannot run on an older host.
      guard section.vmwareVersions.min().map({ $0 < 20 }) ?? true else { continue }
      for setting in section.settings + section.items.flatMap(\.settings)
      where setting.kind == .config && setting.key?.text == "videoRamSizeInKB" {
        guard let value = setting.value, let kibibytes = UInt64(value.text.trimmingBlanks),
          kibibytes > most
        else { continue }
        findings.add(
          "\(machine.title) has \(kibibytes) KiB of video memory, and ESXi up to 7.0 gives \(most) "
            + "at most", at: setting.place, expected: "\(most) or less", found: value.text)
      }
    }
  }

  private static let most: UInt64 = 131072
}

import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// A machine with EFI comes without the firmware's settings.
  static let nvramMissing = Rule(
    id: "nvram-missing",
    group: .hardware,
    title: "A machine with EFI comes without its settings",
    severity: .info,
    basis: .practice("vSphere: an EFI machine forgets what to boot without its .nvram file."),
    why: "What the firmware boots, and its keys for secure boot, are in the `.nvram` file. Without "
      + "it the firmware falls back to the loader at the usual place, which not every guest has.",
    fix: "Export with the NVRAM file, unless the guest boots from `EFI/BOOT/BOOTX64.EFI`.",
    triggering: [
      Example(.folder, edits: [.family("vmx-14"), .setting("firmware", "efi")], [])
    ],
    passing: [
      .sound(.folder),
      Example(
        .folder, edits: [.family("vmx-11"), .setting("firmware", "efi")], [],
        caption: "hosts of that family do not ship the file"),
      Example(
        .folder,
        edits: [
          .family("vmx-14"), .setting("firmware", "efi"), .extraConfig("nvram", "ovf:/file/nvram"),
          .nvramFile,
        ], [.add("web.nvram", .text("settings"))]),
    ]
  ) { checked, findings in
    let hasFile = checked.envelope.files.contains { file in
      file.href?.text.lowercased().hasSuffix(".nvram") ?? false
    }
    guard !hasFile else { return }
    for (machine, section) in checked.hardwareSections
    where section.setting("firmware")?.lowercased() == "efi" {
      // Hosts before vSphere 6.7 do not ship the file.
      if let newest = section.vmwareVersions.max(), newest < 14 { continue }
      // A setting that names a file that is not listed is said as that.
      if section.settings.contains(where: { $0.key?.text == "nvram" }) { continue }
      findings.add(
        "\(machine.title) boots by EFI, and the package has no .nvram file",
        at: section.settings.first { $0.key?.text == "firmware" }?.place ?? section.place)
    }
  }
}

extension Example.Edit {
  /// The firmware's settings are listed.
  static let nvramFile = Self(
    old: "  </References>",
    new: "    <File ovf:id=\"nvram\" ovf:href=\"web.nvram\"/>\n  </References>")
}

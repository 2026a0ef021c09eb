extension MessageSource {
  /// Ansible's VMware modules.
  static let ansible = MessageSource(
    id: "ansible", title: "Ansible's VMware modules",
    messages: [
      ImporterMessage(
        "Failure validating OVF import spec: …",
        also: ["Problem validating OVF import spec"],
        role: .frame,
        means: "It only introduces the messages behind it."),
      ImporterMessage(
        "Could not locate OVF file in …",
        means: "The archive has no descriptor.",
        rules: ["descriptor-missing", "upper-case-extension"]),
      ImporterMessage(
        "Failed to find VMDK file '…' in OVA",
        also: ["Failed to find VMDK file at '…'"],
        means: "An href does not equal a member's name letter by letter.",
        rules: ["file-missing", "dot-prefix", "descriptor-in-folder"]),
    ])
}

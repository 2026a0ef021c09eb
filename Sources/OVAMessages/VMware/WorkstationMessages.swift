extension MessageSource {
  /// VMware Workstation.
  static let workstation = MessageSource(
    id: "workstation", title: "VMware Workstation",
    messages: [
      ImporterMessage(
        "did not pass OVF specification conformance or virtual hardware compliance checks",
        role: .frame,
        means: """
          The strict reading of the package failed; "Retry" relaxes it and often imports the \
          machine. Most often it is an export of VirtualBox.
          """,
        rules: [
          "family-virtualbox-only", "ide-controller-subtype", "item-kind-new",
          "sound-card-required", "section-unknown", "element-unknown",
        ]),
      ImporterMessage(
        "Failed to open virtual machine: …",
        role: .frame,
        means: "It only introduces the message behind it."),
      ImporterMessage(
        "VMX file is corrupt",
        also: ["VMMgr: Failed to open pending VM"],
        role: .elsewhere,
        means: """
          Workstation could not start its own ovftool, or an archive was opened as if it were a \
          .vmx file.
          """,
        fix: """
          Open the .ova with "File > Open"; where that fails too, reinstall Workstation's ovftool.
          """,
        rules: ["archive-name-not-ova"]),
    ])
}

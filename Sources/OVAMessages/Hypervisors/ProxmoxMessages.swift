extension MessageSource {
  /// Proxmox VE.
  static let proxmox = MessageSource(
    id: "proxmox", title: "Proxmox VE",
    messages: [
      ImporterMessage(
        "ova archive has no .ovf file inside",
        means: "No member of the archive has a name that ends in .ovf in lower case.",
        rules: ["upper-case-extension", "descriptor-missing"],
        conditions: ["px-ovf-case"]),
      ImporterMessage(
        "OVF parser terminated unexpectedly trying to parse …",
        means: """
          The descriptor is not readable XML, or taking it out of the archive took more than three \
          seconds because it comes late.
          """,
        rules: [
          "descriptor-not-first", "descriptor-malformed", "encoding-not-kept", "prefix-undeclared",
        ],
        conditions: ["px-slow-descriptor"]),
      ImporterMessage(
        "invalid host resource …, skipping",
        means: "A drive's HostResource is malformed or leads nowhere; the disk is left out.",
        rules: ["host-resource-malformed", "host-resource-dangling", "disk-without-backing"],
        conditions: ["px-disk-host-resource"]),
      ImporterMessage(
        "invalid or missing controller: …, skipping",
        means: "A disk hangs on no controller or on one of an unknown kind; the disk is left out.",
        rules: ["disk-without-parent", "parent-dangling", "parent-not-controller"],
        conditions: ["px-disk-parent"]),
      ImporterMessage(
        "invalid file reference …, skipping",
        means: """
          A disk's reference to its file is empty or has unusual characters; the disk is left out.
          """,
        rules: ["disk-empty-fileref", "disk-dangling-fileref"],
        conditions: ["px-disk-fileref"]),
      ImporterMessage(
        "referenced path '…' is invalid",
        means: "An href has a folder, parentheses, `%`, `~` or letters outside ASCII.",
        rules: ["name-with-parentheses", "name-not-ascii", "href-not-uri", "href-in-folder"],
        conditions: ["px-href"]),
      ImporterMessage(
        "error parsing …, are you using a symlink ?",
        means: "A file is a link or lies outside the folder.",
        rules: ["link-member", "file-not-a-file", "href-unsafe"]),
      ImporterMessage(
        "error parsing …, file seems not to exist at …",
        means: "A file is missing.",
        rules: ["file-missing"]),
      ImporterMessage(
        "error parsing …, cannot determine file size",
        means: "A disk cannot be opened by qemu-img.",
        rules: ["disk-not-vmdk", "disk-header-damaged", "disk-truncated", "disk-footer-damaged"]),
      ImporterMessage(
        "cannot determine format of '…'",
        means: "A disk's name does not end in .vmdk, .qcow2 or .raw.",
        rules: ["disk-unknown-format"],
        conditions: ["px-disk-format"]),
      ImporterMessage(
        "unable to parse the VM name in this OVF manifest, generating a default value",
        means: "The machine has no Name in an envelope of OVF 1.",
        rules: ["envelope-namespace-unknown", "content-missing"],
        conditions: ["px-name"]),
    ])
}

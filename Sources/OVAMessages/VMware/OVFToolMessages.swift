extension MessageSource {
  /// VMware ovftool.
  static let ovftool = MessageSource(
    id: "ovftool", title: "VMware ovftool",
    messages: [
      ImporterMessage(
        "SHA digest of file … does not match manifest",
        also: [
          "SHA1 digest of file … does not match manifest",
          "SHA256 digest of file … does not match manifest",
        ],
        means: """
          The file was changed after the manifest was made, or damaged on the way. Zeros behind a \
          streamed disk, as qemu-img leaves them, give the same message although the digest is \
          right.
          """,
        rules: ["manifest-digest-mismatch", "disk-digest-ambiguous"]),
      ImporterMessage(
        "The manifest does not validate",
        means: "A digest of the manifest differs from its file's.",
        rules: ["manifest-digest-mismatch", "disk-digest-ambiguous"]),
      ImporterMessage(
        "The following manifest file entry (line …) is invalid: …",
        means: """
          A line of the manifest is not in the form `SHA256(name)= digest`: blanks at the wrong \
          places, a checksum list, a byte order mark or carriage returns.
          """,
        rules: [
          "manifest-line-malformed", "manifest-spacing", "manifest-checksum-list",
          "manifest-byte-order-mark", "manifest-line-ends",
        ]),
      ImporterMessage(
        "No manifest entry found for: '…'",
        also: ["File is missing from the manifest: '…'"],
        means: """
          The manifest lists a file of the package, or the descriptor, nowhere; vCenter refuses \
          that.
          """,
        rules: ["manifest-descriptor-missing", "manifest-entry-missing"]),
      ImporterMessage(
        "No supported manifest(sha1, sha256, sha512) entry found for: '…'",
        means: "The file has no entry, or one of an algorithm that is none of these three.",
        rules: [
          "manifest-entry-missing", "manifest-descriptor-missing", "manifest-algorithm-unknown",
          "manifest-algorithm-label", "manifest-algorithm-rare",
        ]),
      ImporterMessage(
        "No manifest file found",
        means: "The package has no manifest, or one with another base name than the descriptor's.",
        rules: ["manifest-absent", "base-name", "upper-case-extension"]),
      ImporterMessage(
        "Wrong file size specified in OVF descriptor for '…' (specified: …, actual …)",
        means: "The declared size of a file is not its real one; -1 means that none is declared.",
        rules: ["file-size-mismatch", "file-bad-size", "file-size-missing"]),
      ImporterMessage(
        "Did not find an .ovf file at the beginning of the OVA package",
        means: """
          The archive does not begin with the descriptor: a disk, a folder, an extended header or \
          a `._` file comes first.
          """,
        rules: [
          "descriptor-not-first", "descriptor-in-folder", "folder-member", "apple-double-member",
          "tar-global-header", "tar-pax",
        ]),
      ImporterMessage(
        "OVF Package is not supported by target",
        role: .frame,
        means: "It only introduces the lines below it, which name the cause."),
      ImporterMessage(
        "ExtraConfig option '…' is not allowed, will skip it",
        means: "The target does not accept an advanced setting; it is optional and is dropped.",
        rules: ["extra-config-refused"]),
      ImporterMessage(
        "ExtraConfig options exists in source",
        also: ["advanced configuration options might pose security risks"],
        means: "The machine has advanced settings, which the importer asks you to review.",
        rules: ["extra-config-present"]),
      ImporterMessage(
        "No network mapping specified. OVF networks: …. Target networks: …",
        also: ["No network mapping specified. OVF networks: …"],
        role: .elsewhere,
        means: "The networks of the package have to be mapped to the target's when importing.",
        fix: "Map them with `--net:NAME=NAME`, or with `--network` where there is one.",
        rules: ["network-of-the-host", "network-unused"]),
    ])
}

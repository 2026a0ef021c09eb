extension MessageSource {
  /// govc.
  static let govc = MessageSource(
    id: "govc", title: "govc",
    messages: [
      ImporterMessage(
        "open …disk-0.nvram: no such file or directory",
        also: [
          "open …disk-1.nvram: no such file or directory",
          "disk-0.nvram: The system cannot find the file specified",
        ],
        means: """
          The host asks for the machine's NVRAM file, and the package has none under that name: \
          the host is older than the one of the export, or the file was left out.
          """,
        fix: "Export again with the NVRAM file, or delete the setting `nvram` of the machine.",
        rules: ["nvram-dangling", "nvram-file-recent", "nvram-missing"]),
      ImporterMessage(
        "govc: file does not exist",
        means: """
          An href is no member of the archive, the descriptor or the manifest has its extension in \
          upper case, or a name has characters that govc reads as a pattern.
          """,
        rules: ["file-missing", "upper-case-extension", "name-needs-quoting"]),
      ImporterMessage(
        "archive/tar: invalid tar header",
        means: """
          The file is not a tar archive (compressed, or a descriptor named .ova), or a header is \
          damaged.
          """,
        rules: ["archive-not-tar", "header-damaged", "archive-name-not-ova"]),
      ImporterMessage(
        "unexpected EOF",
        means: "The archive or the descriptor is cut short.",
        rules: ["member-truncated", "header-truncated"]),
      ImporterMessage(
        "missing checksum for … in manifest file",
        means: "A file has no entry in the manifest.",
        rules: ["manifest-entry-missing"]),
      ImporterMessage(
        "manifest checksum … mismatch with uploaded checksum … for file …",
        means: """
          A digest of the manifest differs from the file's, or zeros follow a streamed disk.
          """,
        rules: ["manifest-digest-mismatch", "disk-digest-ambiguous"]),
      ImporterMessage(
        "manifest checksum type … mismatch with uploaded checksum type … for file …",
        means: "The host computes digests with another algorithm than the manifest's.",
        rules: [
          "manifest-algorithm-rare", "manifest-algorithm-unknown", "manifest-algorithm-label",
          "manifest-mixed-algorithms",
        ]),
      ImporterMessage(
        "failed to read manifest \"…\"",
        also: ["manifest \"…mf\": file does not exist"],
        means: "The package has no manifest, or one with another base name than the descriptor's.",
        rules: ["manifest-absent", "base-name", "upper-case-extension"]),
      ImporterMessage(
        "failed to parse ovf: …",
        also: [
          "XML syntax error on line …", "encoding \"…\" declared but Decoder.CharsetReader is nil",
          "strconv.ParseUint: parsing \"…\": invalid syntax",
        ],
        means: """
          The descriptor is not well-formed XML, is not in UTF-8, or has a number that is none, \
          such as a capacity that a property gives.
          """,
        rules: [
          "descriptor-malformed", "encoding-not-kept", "disk-bad-capacity", "file-bad-size",
          "disk-unresolved-capacity", "operating-system-id-malformed",
        ]),
      ImporterMessage(
        "invalid NetworkMapping.Name=\"…\", valid names=…",
        role: .elsewhere,
        means: "The options file maps a network that the package does not have.",
        fix: "Use one of the names that the message lists."),
    ])
}

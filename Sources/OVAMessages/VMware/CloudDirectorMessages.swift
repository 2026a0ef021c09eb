extension MessageSource {
  /// VMware Cloud Director.
  static let cloudDirector = MessageSource(
    id: "vcd", title: "VMware Cloud Director",
    messages: [
      ImporterMessage(
        "ova is not correct - missing ovf file",
        means: "No member of the archive has a name that ends in .ovf in lower case.",
        rules: ["upper-case-extension", "descriptor-missing"],
        conditions: ["vcd-upload-ovf-case"]),
      ImporterMessage(
        "file '…' described in ovf was not found in ova",
        also: ["Unpacked files for checking are accessible in: …"],
        means: "A file is missing.",
        rules: ["file-missing", "dot-prefix"],
        conditions: ["vcd-upload-missing"]),
      ImporterMessage(
        "file size didn't match described in ovf: …",
        also: ["extracted file didn't match defined file size"],
        means: "A file's declared size is not its real one.",
        rules: ["file-size-mismatch", "file-bad-size", "file-size-missing", "chunk-size-mismatch"],
        conditions: ["vcd-upload-size"]),
      ImporterMessage(
        "Validation failed for the OVF file you provided",
        means: "The descriptor breaks the schema, which Cloud Director checks.",
        rules: ["schema-violation", "section-info-missing", "item-child-order"],
        conditions: ["vcd-schema"]),
    ])
}

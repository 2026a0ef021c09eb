extension MessageSource {
  /// Harvester's VM import controller.
  static let harvester = MessageSource(
    id: "harvester", title: "Harvester's VM import controller",
    messages: [
      ImporterMessage(
        "failed to find entry for \"…\" in manifest",
        also: ["failed to open manifest"],
        means: "The file has no entry in the manifest, or there is no manifest.",
        rules: ["manifest-entry-missing", "manifest-absent"]),
      ImporterMessage(
        "unsupported checksum algorithm \"…\" in manifest",
        means: "The manifest's algorithm is unknown to Harvester.",
        rules: [
          "manifest-algorithm-unknown", "manifest-algorithm-label", "manifest-algorithm-rare",
        ]),
      ImporterMessage(
        "checksum mismatch for VMDK file \"…\": expected \"…\", got \"…\"",
        means: "A digest differs; one in upper case differs for Harvester, too.",
        rules: ["manifest-digest-mismatch", "manifest-upper-case-digest"]),
      ImporterMessage(
        "failed to open VMDK \"…\" from \"…\"",
        also: ["failed to read OVF from archive", "failed to read envelope from archive"],
        means: "A file is missing, or the descriptor cannot be read.",
        rules: [
          "file-missing", "upper-case-extension", "descriptor-missing", "descriptor-malformed",
        ]),
    ])
}

extension MessageSource {
  /// Incus.
  static let incus = MessageSource(
    id: "incus", title: "Incus",
    messages: [
      ImporterMessage(
        "… disk format not supported",
        means: "A disk is not a VMDK.",
        rules: ["disk-not-vmdk", "disk-unknown-format"],
        conditions: ["incus-disk-format"]),
      ImporterMessage(
        "Error unpacking file",
        also: ["Error creating file: …"],
        means: "A member lies in a folder, or the archive is cut short.",
        rules: [
          "descriptor-in-folder", "folder-member", "member-name-unsafe", "member-truncated",
          "href-in-folder",
        ],
        conditions: ["incus-sub-folder"]),
    ])
}

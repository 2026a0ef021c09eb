extension MessageSource {
  /// vSphere content library.
  static let contentLibrary = MessageSource(
    id: "content-library", title: "vSphere content library",
    messages: [
      ImporterMessage(
        "IO error during transfer of …: Pipe closed",
        means: """
          The server closed the transfer: the descriptor is not the first file, or a digest \
          differs.
          """,
        rules: [
          "descriptor-not-first", "manifest-digest-mismatch", "disk-digest-ambiguous",
          "member-order",
        ]),
      ImporterMessage(
        "NOT_ALLOWED_IN_CURRENT_STATE",
        role: .frame,
        means: "It follows from a transfer that failed before.",
        rules: ["manifest-digest-mismatch"]),
      ImporterMessage(
        "NumberFormatException: For input string: \"…\"",
        role: .elsewhere,
        means: """
          The index of a subscribed library, made by a third-party tool, has an etag that is not a \
          number.
          """,
        fix: "Make the library's index again with a tool that writes numbers."),
      ImporterMessage(
        "duplicate_item_name_unsupported_in_library",
        role: .elsewhere,
        means: "Two items of the library have the same name.",
        fix: "Rename one of them."),
    ])
}

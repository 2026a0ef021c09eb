extension MessageSource {
  /// VMware Fusion.
  static let fusion = MessageSource(
    id: "fusion", title: "VMware Fusion",
    messages: [
      ImporterMessage(
        "Failed to open OVF descriptor",
        means: "An archive was saved with the extension .ovf, or the descriptor is damaged.",
        rules: ["archive-name-not-ova", "descriptor-malformed", "descriptor-not-ovf"])
    ])
}

extension MessageSource {
  /// Photon Controller.
  static let photonController = MessageSource(
    id: "photon-controller", title: "Photon Controller",
    messages: [
      ImporterMessage(
        "Corrupt OVA: Not all OVF referenced files are present in the archive",
        also: ["Invalid OVA: OVF file not found"],
        means: "A file is missing, or the files are in another order than the References'.",
        rules: ["file-missing", "member-order", "descriptor-not-first", "storage-subtype-unknown"])
    ])
}

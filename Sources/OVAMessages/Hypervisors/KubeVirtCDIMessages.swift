extension MessageSource {
  /// KubeVirt CDI.
  static let kubeVirtCDI = MessageSource(
    id: "kubevirt-cdi", title: "KubeVirt CDI",
    messages: [
      ImporterMessage(
        "Image … is invalid because it has invalid backing file …",
        also: ["Invalid format … for image …"],
        means: """
          A disk holds only the changes to another one, or the file is no disk image, such as an \
          OVA.
          """,
        rules: ["disk-parent-undeclared", "disk-not-vmdk"],
        conditions: ["cdi-ova", "cdi-backing-file"]),
      ImporterMessage(
        "virtual image size … is larger than the reported available storage …",
        also: ["A larger PVC is required"],
        role: .elsewhere,
        means: "The volume is smaller than the disk's capacity.",
        fix: "Ask for a larger volume; check the capacity if it looks wrong.",
        rules: ["disk-capacity-too-large"]),
    ])
}

extension MessageSource {
  /// Terraform's vSphere provider.
  static let terraform = MessageSource(
    id: "terraform", title: "Terraform's vSphere provider",
    messages: [
      ImporterMessage(
        "disk … not found inside ova",
        means: """
          An href does not equal a member's name letter by letter: `./`, a folder or the letter \
          case differs.
          """,
        rules: ["file-missing", "dot-prefix", "name-case-clash", "href-not-uri"]),
      ImporterMessage(
        "ovf file not found inside the ova",
        means: "No member of the archive has a name that ends in .ovf in lower case.",
        rules: ["upper-case-extension", "descriptor-missing"]),
      ImporterMessage(
        "invalid ovf deployment … specified, valid deployments are: …",
        role: .elsewhere,
        means: """
          The chosen deployment option is not known; an empty list means a host without vCenter.
          """,
        fix: "Choose an option of the list, or import through vCenter.",
        rules: ["option-id-missing", "section-misplaced"]),
      ImporterMessage(
        "while creating import spec: …",
        also: ["while getting ovf import spec", "error while importing ovf/ova template"],
        role: .frame,
        means: "It only introduces the message behind it."),
      ImporterMessage(
        "the given ovf file … is empty",
        means: "The descriptor is empty.",
        rules: ["package-empty", "descriptor-not-ovf"]),
      ImporterMessage(
        "unsupported vApp properties in vapp.properties: […]",
        means: """
          The configuration sets a property that the package does not declare, or one that users \
          may not set.
          """,
        rules: ["property-key-missing"]),
    ])
}

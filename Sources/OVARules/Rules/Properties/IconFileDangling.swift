import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// A product's picture names a file that is not listed.
  static let iconFileDangling = Rule(
    id: "icon-file-dangling",
    group: .properties,
    title: "A product's icon names a file that is not referenced",
    severity: .error,
    basis: .clause("DSP0243 9.5"),
    why:
      "`ovf:fileRef` is the id of a File of the References; validating importers refuse one that "
      + "leads nowhere.",
    fix: "List the picture in the References, or delete the Icon.",
    triggering: [
      Example(
        adding: "      <Icon ovf:fileRef=\"logo\" ovf:width=\"16\" ovf:height=\"16\""
          + " ovf:mimeType=\"image/png\"/>\n", before: "      <Property ")
    ],
    passing: [
      .sound(.folder),
      Example(
        .folder,
        edits: [
          Example.Edit(
            old: "  </References>",
            new: "    <File ovf:id=\"logo\" ovf:href=\"logo.png\"/>\n  </References>"),
          Example.Edit(
            old: "      <Property ",
            new: "      <Icon ovf:fileRef=\"logo\" ovf:width=\"16\" ovf:height=\"16\""
              + " ovf:mimeType=\"image/png\"/>\n      <Property "),
        ], [.add("logo.png", .bytes([0x89, 0x50]))]),
    ]
  ) { checked, findings in
    for icon in checked.envelope.products.flatMap(\.icons) {
      guard let file = icon.fileReference else {
        findings.add("an icon names no file", at: icon.place)
        continue
      }
      guard checked.envelope.file(id: file.text) == nil else { continue }
      findings.add(
        "an icon names the file '\(file.text)', which the References do not list",
        at: file.place, found: file.text)
    }
  }
}

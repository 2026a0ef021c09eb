import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// A message bundle names a file that the references do not list.
  static let stringsFileDangling = Rule(
    id: "strings-file-dangling",
    group: .descriptor,
    title: "A message bundle names a file that is not referenced",
    severity: .warning,
    version: 2,
    basis: .clause("DSP0243 10.2"),
    why: "`ovf:fileRef` is the id of a File of the References. Where it leads nowhere, the texts "
      + "of that language are missing. VMware's products take the package; validators refuse it.",
    fix: "List the bundle's file in the References, or delete the Strings element.",
    triggering: [
      Example(
        adding: "  <Strings xml:lang=\"de\" ovf:fileRef=\"german\"/>\n", before: "</Envelope>")
    ],
    passing: [
      .sound(.folder),
      Example(
        .folder,
        edits: [
          Example.Edit(
            old: "  </References>",
            new: "    <File ovf:id=\"german\" ovf:href=\"de.xml\"/>\n  </References>"),
          Example.Edit(
            old: "</Envelope>",
            new: "  <Strings xml:lang=\"de\" ovf:fileRef=\"german\"/>\n</Envelope>"),
        ],
        [
          .add(
            "de.xml",
            .text(
              "<Strings xmlns=\"http://schemas.dmtf.org/ovf/envelope/1\""
                + " xmlns:ovf=\"http://schemas.dmtf.org/ovf/envelope/1\" xml:lang=\"de\">"
                + "<Msg ovf:msgid=\"a\">b</Msg></Strings>"))
        ]),
    ]
  ) { checked, findings in
    for bundle in checked.envelope.bundles {
      guard let file = bundle.fileReference, checked.envelope.file(id: file.text) == nil
      else { continue }
      findings.add(
        "a message bundle names the file '\(file.text)', which the References do not list",
        at: file.place, found: file.text)
    }
  }
}

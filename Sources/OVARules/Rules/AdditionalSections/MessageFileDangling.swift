import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// A message of a bundle names a file that is not listed.
  static let messageFileDangling = Rule(
    id: "message-file-dangling",
    group: .descriptor,
    title: "A message names a file that is not referenced",
    severity: .error,
    basis: .clause("DSP8023 2.0.1 (the OVF schema), Strings_Type"),
    why: "In OVF 2 the text of a Msg may lie in a file of its own, whose id `ovf:fileRef` names. "
      + "One that leads nowhere gives no text.",
    fix: "List the file in the References, or write the text into the Msg.",
    triggering: [
      Example(
        adding:
          "  <Strings xml:lang=\"de\"><Msg ovf:msgid=\"a\" ovf:fileRef=\"eula\"/></Strings>\n",
        before: "</Envelope>")
    ],
    passing: [
      .sound(.folder),
      Example(
        .folder,
        edits: [
          Example.Edit(
            old: "  </References>",
            new: "    <File ovf:id=\"eula\" ovf:href=\"eula.txt\"/>\n  </References>"),
          Example.Edit(
            old: "</Envelope>",
            new:
              "  <Strings xml:lang=\"de\"><Msg ovf:msgid=\"a\" ovf:fileRef=\"eula\"/></Strings>\n"
              + "</Envelope>"),
        ], [.add("eula.txt", .text("Terms"))]),
    ]
  ) { checked, findings in
    for message in checked.envelope.bundles.flatMap(\.messages) {
      guard let file = message.fileReference, checked.envelope.file(id: file.text) == nil
      else { continue }
      findings.add(
        "the message '\(message.id?.text ?? "")' names the file '\(file.text)', which the References "
          + "do not list", at: file.place, found: file.text)
    }
  }
}

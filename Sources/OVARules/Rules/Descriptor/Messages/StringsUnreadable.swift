import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// The file of a message bundle is none.
  static let stringsUnreadable = Rule(
    id: "strings-unreadable",
    group: .descriptor,
    title: "The file of a message bundle cannot be read",
    severity: .error,
    basis: .clause("DSP0243 10.2"),
    why: "A bundle outside the descriptor is an XML document whose root is Strings. Anything else "
      + "gives no texts, and some importers stop there.",
    fix: "Put the bundle in its place, or delete the Strings element and its File.",
    triggering: [
      Example(
        .folder,
        edits: [
          Example.Edit(
            old: "  <References>\n",
            new: "  <References>\n    <File ovf:id=\"german\" ovf:href=\"de.xml\"/>\n"),
          Example.Edit(
            old: "</Envelope>",
            new: "  <Strings xml:lang=\"de\" ovf:fileRef=\"german\"/>\n</Envelope>"),
        ], [.add("de.xml", .text("hello = Hallo\n"))], caption: "no XML"),
      Example(
        .folder,
        edits: [
          Example.Edit(
            old: "  <References>\n",
            new: "  <References>\n    <File ovf:id=\"german\" ovf:href=\"de.xml\"/>\n"),
          Example.Edit(
            old: "</Envelope>",
            new: "  <Strings xml:lang=\"de\" ovf:fileRef=\"german\"/>\n</Envelope>"),
        ], [.add("de.xml", .text("<html><body>Not found</body></html>"))],
        caption: "XML without any message"),
    ],
    passing: [
      .sound(.folder),
      Example(
        adding: "  <Strings xml:lang=\"de\" ovf:fileRef=\"german\"/>\n", before: "</Envelope>",
        caption: "a file that is not listed is another matter", documented: false),
    ]
  ) { checked, findings in
    let unread = checked.descriptorDiagnostics { kind in
      if case .bundleUnread(let file, let reason) = kind { return (file: file, reason: reason) }
      return nil
    }
    for ((file, reason), place) in unread where checked.envelope.file(id: file) != nil {
      findings.add("the message bundle '\(file)' cannot be read: \(reason)", at: place)
    }
    for bundle in checked.envelope.bundles where bundle.isRead && bundle.messages.isEmpty {
      findings.add(
        "the file of the message bundle '\(bundle.fileReference?.text ?? "")' holds no messages",
        at: bundle.place, severity: .warning)
    }
  }
}

import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// A text of a message bundle has no key.
  static let messageIDMissing = Rule(
    id: "message-id-missing",
    group: .descriptor,
    title: "A text of a message bundle has no key",
    severity: .error,
    basis: .clause("DSP0243 10.1"),
    why: "Elements mean a text by its `ovf:msgid`. One without it can be meant by nothing, and the "
      + "schema demands it.",
    fix: "Add the `ovf:msgid` that the elements name, or delete the Msg.",
    triggering: [
      Example(
        adding: "  <Strings xml:lang=\"en\">\n    <Msg>Host name</Msg>\n  </Strings>\n",
        before: "</Envelope>")
    ],
    passing: [
      .sound(.folder),
      Example(
        adding: "  <Strings xml:lang=\"en\">\n    <Msg ovf:msgid=\"a\">A</Msg>\n  </Strings>\n",
        before: "</Envelope>"),
    ]
  ) { checked, findings in
    for bundle in checked.envelope.bundles {
      let nameless = bundle.messages.filter { $0.id?.text.isEmpty ?? true }
      guard let first = nameless.first else { continue }
      findings.add(
        "\(nameless.count.of("text")) of the message bundle"
          + "\(bundle.language.map { " for '\($0.text)'" } ?? "") without a msgid",
        at: first.place)
    }
  }
}

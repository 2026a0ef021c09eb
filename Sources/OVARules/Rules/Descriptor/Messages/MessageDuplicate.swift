import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// A bundle has two texts for one key.
  static let messageDuplicate = Rule(
    id: "message-duplicate",
    group: .descriptor,
    title: "A message bundle has two texts for one key",
    severity: .warning,
    basis: .clause("DSP0243 10.1"),
    why: "A key is unique in its bundle; which of the texts is shown depends on the product.",
    fix: "Delete one of the two, or give it a key of its own.",
    triggering: [
      Example(
        adding: "  <Strings xml:lang=\"de\">\n    <Msg ovf:msgid=\"hello\">Hallo</Msg>\n"
          + "    <Msg ovf:msgid=\"hello\">Guten Tag</Msg>\n  </Strings>\n", before: "</Envelope>")
    ],
    passing: [
      .sound(.folder),
      Example(
        adding: "  <Strings xml:lang=\"de\">\n    <Msg ovf:msgid=\"hello\">Hallo</Msg>\n"
          + "  </Strings>\n  <Strings xml:lang=\"fr\">\n    <Msg ovf:msgid=\"hello\">Salut</Msg>\n"
          + "  </Strings>\n", before: "</Envelope>"),
    ]
  ) { checked, findings in
    for bundle in checked.envelope.bundles {
      for (first, again) in bundle.messages.repeated(by: { $0.id?.text }) {
        findings.add(
          "the message '\(again.id?.text ?? "")' is in its bundle twice, first in "
            + "\(first.place.position)", at: again.place)
      }
    }
  }
}

import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// A message bundle does not say its language.
  static let stringsLanguageMissing = Rule(
    id: "strings-language-missing",
    group: .descriptor,
    title: "A message bundle has no language",
    severity: .warning,
    basis: .clause("DSP0243 10.1"),
    why: "Texts are chosen by `xml:lang`; a bundle without one counts as en-US, whatever it is "
      + "written in.",
    fix: "Add `xml:lang` to the Strings element.",
    triggering: [
      Example(
        adding: "  <Strings>\n    <Msg ovf:msgid=\"hello\">Hallo</Msg>\n  </Strings>\n",
        before: "</Envelope>")
    ],
    passing: [
      .sound(.folder),
      Example(
        adding: "  <Strings xml:lang=\"de-CH\">\n    <Msg ovf:msgid=\"hello\">Hallo</Msg>\n"
          + "  </Strings>\n", before: "</Envelope>"),
    ]
  ) { checked, findings in
    for bundle in checked.envelope.bundles where bundle.language == nil {
      findings.add("a Strings element has no xml:lang", at: bundle.place)
    }
  }
}

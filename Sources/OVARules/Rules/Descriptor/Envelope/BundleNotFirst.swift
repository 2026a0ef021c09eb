import OVABasics
import OVAPackage
import OVFDescriptor
import OVFXML

extension Rule {
  /// A message bundle's file is listed behind other files.
  static let bundleNotFirst = Rule(
    id: "bundle-not-first",
    group: .descriptor,
    title: "A message bundle's file is listed behind other files",
    severity: .info,
    basis: .clause("DSP0243 5.3"),
    why: "The files of message bundles come first among the files, so that a reader of a stream "
      + "has all texts before the first disk arrives.",
    fix: "List the bundles' files first in the References, and pack them in that order.",
    triggering: [
      Example(
        .folder,
        edits: [
          Example.Edit(
            old: "  </References>",
            new: "    <File ovf:id=\"german\" ovf:href=\"de.xml\"/>\n  </References>"),
          Example.germanBundle,
        ], [.add("de.xml", Example.germanTexts)])
    ],
    passing: [
      .sound(.folder),
      Example(
        .folder,
        edits: [
          Example.Edit(
            old: "  <References>\n",
            new: "  <References>\n    <File ovf:id=\"german\" ovf:href=\"de.xml\"/>\n"),
          Example.germanBundle,
        ], [.add("de.xml", Example.germanTexts)]),
    ]
  ) { checked, findings in
    let ids = Set(
      checked.envelope.bundles.compactMap { $0.fileReference.map { ExactName($0.text) } })
    func isBundle(_ file: FileReference) -> Bool {
      file.id.map { ids.contains(ExactName($0.text)) } ?? false
    }
    for file in checked.envelope.files.drop(while: isBundle) where isBundle(file) {
      findings.add(
        "the message bundle '\(file.href?.text ?? "")' is listed behind other files",
        at: file.place)
    }
  }
}

extension Example {
  fileprivate static let germanBundle = Edit(
    old: "</Envelope>",
    new: "  <Strings xml:lang=\"de\" ovf:fileRef=\"german\"/>\n</Envelope>")
  fileprivate static let germanTexts = Content.text(
    "<Strings xmlns=\"http://schemas.dmtf.org/ovf/envelope/1\""
      + " xmlns:ovf=\"http://schemas.dmtf.org/ovf/envelope/1\" xml:lang=\"de\">"
      + "<Msg ovf:msgid=\"a\">b</Msg></Strings>")
}

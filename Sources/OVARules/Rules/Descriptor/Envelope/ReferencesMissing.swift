import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// There is no References element.
  static let referencesMissing = Rule(
    id: "references-missing",
    group: .descriptor,
    title: "The References are missing",
    severity: .error,
    basis: .clause("DSP0243 7.1"),
    why: "The Envelope begins with one References element, empty where the package has no other "
      + "files. The schema and most importers insist on it.",
    fix: "Add `<References>` with a `File` for each file of the package as the Envelope's first "
      + "child.",
    triggering: [
      Example(
        .folder,
        edits: [
          Example.Edit(old: "<References>", new: "<!--"),
          Example.Edit(old: "</References>", new: "-->"),
          Example.Edit(old: #"ovf:fileRef="file1" "#, new: ""),
        ], [.remove("web-disk1.vmdk")], caption: "a package without any file still has them")
    ],
    passing: [
      .sound(.folder),
      Example(
        .folder,
        edits: [
          Example.Edit(
            old: #"<File ovf:id="file1" ovf:href="web-disk1.vmdk" ovf:size="SIZE"/>"#, new: ""),
          Example.Edit(old: #"ovf:fileRef="file1" "#, new: ""),
        ], [.remove("web-disk1.vmdk")], caption: "no files, empty References"),
    ]
  ) { checked, findings in
    guard checked.envelope.references.isEmpty else { return }
    findings.add("the Envelope has no References", at: checked.envelope.place)
  }
}

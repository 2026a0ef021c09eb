import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// Two `File`s with one id.
  static let fileDuplicateID = Rule(
    id: "file-duplicate-id",
    group: .references,
    title: "Two Files have one id",
    severity: .error,
    basis: .clause("DSP0243 7.1"),
    why: "It is not clear which file a disk means; importers take one or refuse the package.",
    fix: "Give each `File` an id of its own, and correct what refers to it.",
    triggering: [
      Example(
        .folder,
        edits: [
          .init(
            old: #"ovf:size="SIZE"/>"#,
            new: #"ovf:size="SIZE"/><File ovf:id="file1" ovf:href="b.txt"/>"#)
        ], [.add("b.txt", .text("b"))])
    ],
    passing: [
      .sound(.folder),
      Example(
        .folder,
        edits: [
          .init(
            old: #"ovf:size="SIZE"/>"#,
            new: #"ovf:size="SIZE"/><File ovf:id="FILE1" ovf:href="b.iso"/>"#)
        ], [.add("b.iso", .text("b"))], caption: "letter case tells ids apart", documented: false),
    ]
  ) { checked, findings in
    var seen: [[UInt8]: FileReference] = [:]
    for file in checked.package.envelope.files {
      guard let id = file.id, !id.text.isEmpty else { continue }
      guard let first = seen[Array(id.text.utf8)] else {
        seen[Array(id.text.utf8)] = file
        continue
      }
      findings.add(
        "the id '\(id.text)' is already that of '\(first.href?.text ?? "")' "
          + "(\(first.place.position))", at: id.place, found: id.text)
    }
  }
}

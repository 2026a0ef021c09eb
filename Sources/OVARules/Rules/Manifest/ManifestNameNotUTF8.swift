import OVABasics
import OVAIntegrity
import OVAPackage

extension Rule {
  /// A name in the manifest is not UTF-8.
  static let manifestNameNotUTF8 = Rule(
    id: "manifest-name-not-utf8",
    group: .manifest,
    title: "A name in the manifest is not UTF-8",
    severity: .warning,
    basis: .practice("importers compare with the href of a descriptor in UTF-8"),
    why: "A name in an old encoding equals no href of the descriptor; its file counts as not "
      + "listed.",
    fix: "If the files are right, run `ova manifest PATH --accept-content`; else fetch them "
      + "again.",
    triggering: [
      Example(
        .ova,
        .content(
          "web.mf",
          .bytes(
            Array("SHA1(".utf8) + [0xFC] + Array(".iso)= ".utf8)
              + Array("da39a3ee5e6b4b0d3255bfef95601890afd80709\n".utf8))))
    ],
    passing: [.sound(.ova)]
  ) { checked, findings in
    let entries = checked.entries(with: [.nameNotUTF8])
    guard let first = entries.first else { return }
    findings.add(
      "the name '\(first.fileName)' is not UTF-8" + entries.count.andOthers, at: first.place)
  }
}

import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// Two files of one environment have the same path.
  static let environmentFileDuplicate = Rule(
    id: "environment-file-duplicate",
    group: .descriptor,
    title: "Two files for the guest have the same path",
    severity: .warning,
    basis: .clause("DSP8023 2.0.1 (the OVF schema), EnvironmentFilesSection_Type"),
    why: "One of the files overwrites the other, and which of them the guest sees depends on the "
      + "product.",
    fix: "Give each file a path of its own.",
    triggering: [
      .withEnvironmentFile(path: "keys.txt", again: true)
    ],
    passing: [
      .sound(.folder),
      .withEnvironmentFile(path: "keys.txt"),
    ]
  ) { checked, findings in
    for section in checked.envelope.allSections {
      guard case .environmentFiles(let files) = section.body else { continue }
      for (first, again) in files.repeated(by: { $0.path?.text }) {
        findings.add(
          "the path '\(again.path?.text ?? "")' is that of the file in "
            + "\(first.place.position) already",
          at: again.place, found: again.path?.text)
      }
    }
  }
}

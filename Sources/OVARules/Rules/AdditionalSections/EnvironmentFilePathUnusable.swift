import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// A file for the environment is put nowhere, or outside.
  static let environmentFilePathUnusable = Rule(
    id: "environment-file-path-unusable",
    group: .descriptor,
    title: "A file for the guest has no usable path",
    severity: .error,
    basis: .clause("DSP8023 2.0.1 (the OVF schema), EnvironmentFile_Type"),
    why: "The path is where the file is put, relative to the root of the medium. Without one it "
      + "cannot be put anywhere; one that begins at a root or climbs out would write over other "
      + "files.",
    fix: "Write a relative path without `..`.",
    triggering: [
      .withEnvironmentFile(path: "../../etc/passwd"),
      .withEnvironmentFile(path: ""),
    ],
    passing: [
      .sound(.folder),
      .withEnvironmentFile(path: "setup/keys.txt"),
    ]
  ) { checked, findings in
    for (file, place) in checked.envelope.environmentFiles {
      let title = "the file '\(file.fileReference?.text ?? "")' of the EnvironmentFilesSection"
      guard let path = file.path, !path.text.isEmpty else {
        findings.add("\(title) has no path", at: place, expected: "a relative path")
        continue
      }
      if case .failure(let fault) = PackagePath.read(path.text, in: "", limits: Limits()) {
        findings.add(
          "the path '\(path.text)' of \(title) \(fault.rawValue)", at: path.place,
          expected: "a relative path", found: path.text)
      }
    }
  }
}

import OVAPackage
import OVFDescriptor

extension Rule {
  /// A `File` without an href.
  static let fileMissingHref = Rule(
    id: "file-missing-href",
    group: .references,
    title: "A File has no href",
    severity: .error,
    basis: .clause("DSP0243 7.1"),
    why: "Without an href the entry names no file, and whatever uses it has no content.",
    fix: "Write the file's name into `ovf:href`, or remove the `File`.",
    triggering: [
      Example(replacing: #" ovf:href="web-disk1.vmdk""#, with: ""),
      Example(replacing: #" ovf:href="web-disk1.vmdk""#, with: #" ovf:href="""#),
    ],
    passing: [.sound(.folder)]
  ) { checked, findings in
    for file in checked.package.envelope.files where file.href?.text.isEmpty ?? true {
      findings.add(
        "the File '\(file.id?.text ?? "")' names no file", at: file.place, expected: "ovf:href")
    }
  }
}

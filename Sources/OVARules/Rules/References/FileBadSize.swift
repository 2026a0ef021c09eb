import OVAPackage
import OVFDescriptor

extension Rule {
  /// A `File` whose size is no number.
  static let fileBadSize = Rule(
    id: "file-bad-size",
    group: .references,
    title: "A file's declared size is not a number of bytes",
    severity: .error,
    basis: .clause("DSP0243 7.1"),
    why: "Importers parse `ovf:size` as an unsigned number and stop at anything else. Often it is "
      + "a template's placeholder that nobody filled in.",
    fix: "Write the file's size in bytes, or leave the attribute out.",
    triggering: [
      Example(replacing: #"ovf:size="SIZE""#, with: #"ovf:size="{vmdk_size}""#),
      Example(replacing: #"ovf:size="SIZE""#, with: #"ovf:size="-2""#),
      Example(replacing: #"ovf:size="SIZE""#, with: #"ovf:size="""#, documented: false),
      Example(
        replacing: #"ovf:size="SIZE""#, with: #"ovf:size="18446744073709551616""#,
        documented: false),
    ],
    passing: [.sound(.folder), Example(replacing: #" ovf:size="SIZE""#, with: "")]
  ) { checked, findings in
    for resolved in checked.package.references {
      guard let size = resolved.reference.size, let fault = size.fault else { continue }
      findings.add(
        "the size '\(size.text)' of '\(resolved.hrefText)' \(fault)", at: size.place,
        expected: resolved.storedSize.map(String.init), found: size.text,
        fix: Placeholder.fix(size.text))
    }
  }
}

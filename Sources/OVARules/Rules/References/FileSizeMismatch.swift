import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// The size that the descriptor declares is not the file's.
  static let fileSizeMismatch = Rule(
    id: "file-size-mismatch",
    group: .references,
    title: "A file's declared size is not its real one",
    severity: .error,
    basis: .clause("DSP0243 7.1"),
    why: "vSphere and ovftool compare `ovf:size` with what they upload and abort when it differs.",
    fix: "Write the file's real size into `ovf:size` and run `ova manifest PATH`; `ova fix` does "
      + "both.",
    triggering: [
      Example(replacing: #"ovf:size="SIZE""#, with: #"ovf:size="1""#),
      Example(.ova, replacing: #"ovf:size="SIZE""#, with: #"ovf:size="67108864""#),
    ],
    passing: [
      .sound(.ova),
      Example(
        replacing: #" ovf:size="SIZE""#, with: "", caption: "the attribute may be left out"),
    ]
  ) { checked, findings in
    for resolved in checked.package.references {
      guard let size = resolved.reference.size, let declared = size.value else { continue }
      guard let real = resolved.storedSize else { continue }
      if case .chunks(let chunks) = resolved.target,
        !chunks.wrongSizes(resolved.reference).isEmpty
      {
        continue
      }
      guard declared != real else { continue }
      // A disk that its own structure shows to be cut short is said so, with both sizes.
      if real < declared, checked.isTruncatedDisk(resolved) { continue }
      // A file that is something else altogether is said so.
      if checked.isNotTheDisk(resolved) { continue }
      findings.add(
        "'\(resolved.reference.href?.text ?? "")' is declared with \(declared) bytes and has \(real)",
        at: size.place, expected: "\(real)", found: size.text)
    }
  }
}

import OVAPackage
import OVFDescriptor

extension Rule {
  /// A chunk size for a file that is whole.
  static let fileNotChunked = Rule(
    id: "file-not-chunked",
    group: .references,
    title: "A file with a chunk size is stored whole",
    severity: .warning,
    basis: .clause("DSP0243 7.1"),
    why: "A file with `ovf:chunkSize` is stored as `name.000000000` and so on. Strict importers "
      + "ask for the chunks and do not find them.",
    fix: "Remove `ovf:chunkSize`, or split the file.",
    triggering: [
      Example(replacing: #"ovf:size="SIZE""#, with: #"ovf:size="SIZE" ovf:chunkSize="1024""#),
      Example(
        replacing: #"ovf:size="SIZE""#, with: #"ovf:size="SIZE" ovf:chunkSize="7516192768""#,
        caption: "a chunk size above the file's size is common, and said as info"),
    ],
    passing: [.sound(.folder), .soundChunks]
  ) { checked, findings in
    for resolved in checked.package.references {
      guard case .file(let file) = resolved.target, let size = resolved.reference.chunkSize,
        let value = size.value, value > 0
      else { continue }
      findings.add(
        "'\(resolved.hrefText)' is whole, with a chunk size of \(value) bytes", at: size.place,
        expected: "\(resolved.hrefText).000000000", found: resolved.hrefText,
        severity: value >= file.size ? .info : nil)
    }
  }
}

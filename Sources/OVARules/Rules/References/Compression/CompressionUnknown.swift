import OVAPackage
import OVFDescriptor

extension Rule {
  /// A compression that the standard does not know.
  static let compressionUnknown = Rule(
    id: "compression-unknown",
    group: .references,
    title: "A file's compression is not one of the standard's",
    severity: .error,
    basis: .clause("DSP0243 7.1"),
    why: "Only `gzip` and `identity` may stand there; importers refuse others.",
    fix: "Store the file plain and leave `ovf:compression` out.",
    triggering: [
      Example(replacing: #"ovf:size="SIZE""#, with: #"ovf:size="SIZE" ovf:compression="zstd""#),
      Example(replacing: #"ovf:size="SIZE""#, with: #"ovf:size="SIZE" ovf:compression="bzip2""#),
    ],
    passing: [
      .sound(.ova), .soundGzip,
      Example(
        replacing: #"ovf:size="SIZE""#, with: #"ovf:size="SIZE" ovf:compression="identity""#),
    ]
  ) { checked, findings in
    for file in checked.package.envelope.files {
      guard let compression = file.compression else { continue }
      let known = ["", "gzip", "identity"].contains { $0.isSame(compression.text) }
      let isSpelling = ["gzip", "identity"].contains(compression.text.lowercased())
      guard !known else { continue }
      findings.add(
        "the compression '\(compression.text)' is not known", at: compression.place,
        expected: "gzip, identity or nothing", found: compression.text,
        severity: isSpelling ? .warning : nil)
    }
  }
}

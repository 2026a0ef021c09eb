import OVAPackage
import OVFDescriptor

extension Rule {
  /// A chunk size that is no number above zero.
  static let chunkSizeInvalid = Rule(
    id: "chunk-size-invalid",
    group: .references,
    title: "The declared chunk size is not a number of bytes",
    severity: .error,
    basis: .clause("DSP0243 7.1"),
    why: "Importers cannot tell how many chunks to ask for.",
    fix: "Write the size of a chunk in bytes, or leave `ovf:chunkSize` out.",
    triggering: [
      Example(replacing: #"ovf:size="SIZE""#, with: #"ovf:size="SIZE" ovf:chunkSize="0""#),
      Example(replacing: #"ovf:size="SIZE""#, with: #"ovf:size="SIZE" ovf:chunkSize="-1""#),
    ],
    passing: [.sound(.folder), .soundChunks]
  ) { checked, findings in
    for file in checked.package.envelope.files {
      guard let size = file.chunkSize else { continue }
      if let fault = size.fault {
        findings.add("the chunk size '\(size.text)' \(fault)", at: size.place, found: size.text)
      } else if size.value == 0 {
        findings.add("the chunk size is 0", at: size.place, found: size.text)
      }
    }
  }
}

import OVAPackage
import OVFDescriptor

extension Rule {
  /// A chunk whose size is not the declared one.
  static let chunkSizeMismatch = Rule(
    id: "chunk-size-mismatch",
    group: .references,
    title: "A chunk does not have the declared size",
    severity: .error,
    basis: .clause("DSP0243 7.1"),
    why: "Every chunk but the last has exactly `ovf:chunkSize` bytes; readers that compute offsets "
      + "from it read the wrong bytes.",
    fix: "Split the file again, or get the chunk again.",
    triggering: [
      Example(
        .folder, edits: [.inChunks, .rawFormat],
        [.remove("web-disk1.vmdk"), .chunk(0, 1024), .chunk(1, 1000), .chunk(2, 452)]),
      Example(
        .folder, edits: [.inChunks, .rawFormat],
        [.remove("web-disk1.vmdk"), .chunk(0, 1024), .chunk(1, 1024), .chunk(2, 400)],
        caption: "the last one, as size and chunk size tell"),
    ],
    passing: [.sound(.folder), .soundChunks]
  ) { checked, findings in
    for resolved in checked.package.references {
      guard case .chunks(let chunks) = resolved.target, chunks.isComplete,
        let chunkSize = resolved.reference.chunkSize?.value, chunkSize > 0
      else { continue }
      for wrong in chunks.wrongSizes(resolved.reference) {
        findings.add(
          "the chunk '\(wrong.file.name)' has \(wrong.file.size) bytes, not \(wrong.expected)",
          at: wrong.file.place, expected: "\(wrong.expected)", found: "\(wrong.file.size)")
      }
    }
  }
}

import OVAPackage

extension Rule {
  /// More chunks than the sizes make.
  static let chunkUnexpected = Rule(
    id: "chunk-unexpected",
    group: .references,
    title: "There are more chunks than the declared sizes make",
    severity: .error,
    basis: .clause("DSP0243 7.1"),
    why: "Either a size is wrong or a chunk is left over; readers that count chunks by the sizes "
      + "and those that list files come to different disks.",
    fix: "Remove the chunks left over, or correct `ovf:size` and `ovf:chunkSize`.",
    triggering: [
      Example(
        .folder, edits: [.inChunks, .rawFormat],
        [.remove("web-disk1.vmdk"), .chunk(0, 1024), .chunk(1, 1024), .chunk(2, 452), .chunk(3, 9)])
    ],
    passing: [.sound(.folder), .soundChunks]
  ) { checked, findings in
    for resolved in checked.package.references {
      guard case .chunks(let chunks) = resolved.target, let expected = chunks.expectedCount,
        let extra = chunks.pieces.first(where: { $0.number >= expected })
      else { continue }
      findings.add(
        "'\(extra.file.name)' is more than the \(expected) chunks that the sizes make",
        at: extra.file.place, expected: "\(expected) chunks", found: "\(chunks.pieces.count)")
    }
  }
}

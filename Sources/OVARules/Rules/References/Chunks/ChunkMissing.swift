import OVAPackage
import OVFDescriptor

extension Rule {
  /// A chunk of a file is not there.
  static let chunkMissing = Rule(
    id: "chunk-missing",
    group: .references,
    title: "A chunk of a file is missing",
    severity: .error,
    basis: .clause("DSP0243 7.1"),
    why: "The file is the concatenation of all its chunks; without one it cannot be put together.",
    fix: "Add the missing chunks, or correct `ovf:size` and `ovf:chunkSize`.",
    triggering: [
      Example(
        .folder, edits: [.inChunks, .rawFormat],
        [.remove("web-disk1.vmdk"), .chunk(0, 1024), .chunk(2, 452)]),
      Example(
        .folder, edits: [.inChunks, .rawFormat],
        [.remove("web-disk1.vmdk"), .chunk(0, 1024), .chunk(1, 1024)],
        caption: "the last one, as size and chunk size tell"),
    ],
    passing: [.sound(.folder), .soundChunks]
  ) { checked, findings in
    for resolved in checked.package.references {
      guard case .chunks(let chunks) = resolved.target else { continue }
      var numbers = chunks.missing
      let next = (chunks.pieces.last?.number ?? -1) + 1
      let expected = chunks.expectedCount ?? next
      if expected > next { numbers += next..<min(expected, next + 100) }
      guard let first = numbers.first else { continue }
      let count = chunks.missing.count + max(0, expected - next)
      let more = count > 1 ? " and \(count - 1) more" : ""
      findings.add(
        "the chunk '\(resolved.hrefText).\(first.nineDigits)'\(more) is missing",
        at: resolved.reference.place, expected: "\(max(expected, next)) chunks",
        found: "\(chunks.pieces.count)")
    }
  }
}

extension Int {
  /// The number as chunks carry it.
  fileprivate var nineDigits: String {
    let digits = String(self)
    return String(repeating: "0", count: Swift.max(0, 9 - digits.utf8.count)) + digits
  }
}

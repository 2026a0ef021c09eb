import OVABasics
import OVAPackage
import OVFDescriptor

/// Examples of a disk in chunks of 1,024 bytes.
private let inChunks = Example.Edit(
  old: #"ovf:size="SIZE""#, new: #"ovf:size="2500" ovf:chunkSize="1024""#)
private let rawFormat = Example.Edit(
  old: "http://www.vmware.com/interfaces/specifications/vmdk.html#streamOptimized",
  new: "http://example.com/raw")
private func chunk(_ number: Int, _ size: Int) -> Example.Change {
  .add("web-disk1.vmdk.00000000\(number)", .bytes([UInt8](repeating: 1, count: size)))
}
private let soundChunks = Example(
  .folder, edits: [inChunks, rawFormat],
  [.remove("web-disk1.vmdk"), chunk(0, 1024), chunk(1, 1024), chunk(2, 452)],
  documented: false)

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
        .folder, edits: [inChunks, rawFormat],
        [.remove("web-disk1.vmdk"), chunk(0, 1024), chunk(2, 452)]),
      Example(
        .folder, edits: [inChunks, rawFormat],
        [.remove("web-disk1.vmdk"), chunk(0, 1024), chunk(1, 1024)],
        caption: "the last one, as size and chunk size tell"),
    ],
    passing: [.sound(.folder), soundChunks]
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
        .folder, edits: [inChunks, rawFormat],
        [.remove("web-disk1.vmdk"), chunk(0, 1024), chunk(1, 1024), chunk(2, 452), chunk(3, 9)])
    ],
    passing: [.sound(.folder), soundChunks]
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

  /// A chunk whose size is not the declared one.
  static let chunkSizeMismatch = Rule(
    id: "chunk-size-mismatch",
    group: .references,
    title: "A chunk does not have the declared size",
    severity: .error,
    basis: .clause("DSP0243 7.1"),
    why: "Every chunk but the last has exactly `ovf:chunkSize` bytes; readers that compute offsets "
      + "from it read the wrong bytes.",
    fix: "Split the file anew, or fetch the chunk again.",
    triggering: [
      Example(
        .folder, edits: [inChunks, rawFormat],
        [.remove("web-disk1.vmdk"), chunk(0, 1024), chunk(1, 1000), chunk(2, 452)]),
      Example(
        .folder, edits: [inChunks, rawFormat],
        [.remove("web-disk1.vmdk"), chunk(0, 1024), chunk(1, 1024), chunk(2, 400)],
        caption: "the last one, as size and chunk size tell"),
    ],
    passing: [.sound(.folder), soundChunks]
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
    passing: [.sound(.folder), soundChunks]
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

  /// Chunks without a chunk size.
  static let chunksUndeclared = Rule(
    id: "chunks-undeclared",
    group: .references,
    title: "A file is there only as chunks that the descriptor does not declare",
    severity: .error,
    basis: .practice("VMware exports machines with snapshots so; virt-v2v reads them as deltas."),
    why: "Without `ovf:chunkSize` a file named `disk.vmdk.000000000` may be the first chunk of "
      + "`disk.vmdk` or a snapshot of it. Importers ask for the whole file and do not find it.",
    fix: "If it is one chunk, rename it to the href; if several, declare `ovf:chunkSize`.",
    triggering: [
      Example(.ova, .rename("web-disk1.vmdk", to: "web-disk1.vmdk.000000000"))
    ],
    passing: [.sound(.ova), soundChunks]
  ) { checked, findings in
    for resolved in checked.package.references {
      guard case .chunks(let chunks) = resolved.target, resolved.reference.chunkSize == nil,
        let first = chunks.pieces.first
      else { continue }
      findings.add(
        "'\(resolved.hrefText)' is not there; '\(first.file.name)' is, and no chunk size",
        at: resolved.reference.place, expected: resolved.hrefText, found: first.file.name)
    }
  }

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
    passing: [.sound(.folder), soundChunks]
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

extension Chunks {
  /// Chunks whose sizes are not what size and chunk size make.
  func wrongSizes(_ reference: FileReference) -> [(file: PackageFile, expected: UInt64)] {
    guard let chunk = reference.chunkSize?.value, chunk > 0 else { return [] }
    let last = reference.size?.value.flatMap { $0 > 0 ? ($0 - 1) % chunk + 1 : nil }
    return pieces.enumerated().compactMap { index, piece in
      let isLast = index == pieces.count - 1
      guard let expected = isLast ? last : chunk, piece.file.size != expected else { return nil }
      return (piece.file, expected)
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

import VirtualDisks

/// The result of reading the grains of a disk, of all the sparse files it lies in together.
package struct ReadGrains: Sendable, Hashable {
  /// Grains that are stored.
  package let count: Int
  /// Bytes of the capacity that are stored, which `ovf:populatedSize` should tell.
  package let allocatedBytes: UInt64
  /// Bytes that they take in the file, without markers and padding.
  package let storedBytes: UInt64
  /// Stored bytes for each allocated byte; nil for disks that are not compressed or are empty.
  package let compressionRatio: Double?

  fileprivate init?(_ results: [DeepDiskResult]) {
    guard !results.isEmpty, results.allSatisfy({ $0.isChecked && $0.header != nil }) else {
      return nil
    }
    count = results.reduce(0) { $0 + $1.grains }
    allocatedBytes = results.reduce(0) { $0 &+ $1.allocatedBytes }
    storedBytes = results.reduce(0) { $0 &+ $1.storedBytes }
    let isCompressed = results.allSatisfy { $0.header?.isCompressed == true }
    compressionRatio =
      isCompressed && allocatedBytes > 0 ? Double(storedBytes) / Double(allocatedBytes) : nil
  }
}

extension CheckedPackage {
  /// Returns the result of reading a disk's grains; nil where they were not read, not all, or are
  /// none.
  package func grains(of disk: PackageDisk) -> ReadGrains? {
    if let deep = evidence.of(disk.reference)?.deep, deep.isChecked { return ReadGrains([deep]) }
    // A disk whose data lies in files beside its text.
    let files = disk.extentFiles
    let results = files.compactMap { evidence.files[$0.path]?.deep }
    guard results.count == files.count else { return nil }
    return ReadGrains(results)
  }
}

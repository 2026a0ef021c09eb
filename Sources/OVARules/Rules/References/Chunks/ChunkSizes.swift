import OVAPackage
import OVFDescriptor

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

extension Rule {
  /// The rules on references and the files they name.
  static let referenceRules: [Rule] = [
    .fileMissing, .fileNotAFile, .fileUnreadable, .fileRemote, .fileSizeMismatch, .fileBadSize,
    .fileSizeMissing,
    .fileMissingID, .fileMissingHref, .fileDuplicateID, .fileDuplicateHref, .fileUnreferenced,
    .hrefUnsafe, .hrefNotURI, .hrefInFolder,
    .chunkMissing, .chunkUnexpected, .chunkSizeMismatch, .chunkSizeInvalid, .chunksUndeclared,
    .fileNotChunked,
    .compressionUnknown, .compressionGzip, .gzipMissing, .gzipUndeclared, .gzipDamaged,
    .gzipTrailingData, .gzipTooLarge,
  ]
}

extension String {
  /// Returns whether two texts are the same bytes; names that look alike are not one.
  func isSame(_ other: String) -> Bool { utf8.elementsEqual(other.utf8) }
}

public import OVAByteSource

extension CatalogStore {
  /// Takes in the records of a source: all of them, or none when it throws.
  ///
  /// Throws `CatalogError`, and `ByteSourceError` when the source cannot be read or was changed
  /// meanwhile.
  public func importRecords(from source: any ByteSource, _ reader: RecordReader) throws -> Int {
    var failure: ByteSourceError?
    do {
      return try writingMuch {
        try write { writer in
          do {
            let count = try writer.importRecords(from: source, reader)
            try source.confirmUnchanged()
            return count
          } catch let error as ByteSourceError {
            failure = error
            throw error
          }
        }
      }
    } catch {
      throw failure ?? error
    }
  }
}

import OVAByteSource
import OVAConcurrency

extension RecordReader {
  /// Does what ``forEachRecord(in:format:_:)`` does; the records are read and checked on a thread of
  /// their own, while `body` stores those before them on the calling one.
  func forEachRecordAhead(
    in source: some ByteSource, _ body: (Record) throws -> Void
  ) throws -> Int {
    var count = 0
    try ReadAhead<RecordBatch>.run(
      on: WorkPool(name: "records", threads: 1), most: RecordBatch.mostWaiting,
      read: { hand in
        var batch = RecordBatch()
        func handOver() throws {
          guard !batch.records.isEmpty else { return }
          let full = batch
          batch = RecordBatch()
          try hand(full)
        }
        do {
          try forEachRecord(in: source) { record in
            batch.append(record)
            if batch.isFull { try handOver() }
          }
        } catch {
          // What was read before is stored first: it may be what goes wrong.
          try handOver()
          throw error
        }
        try handOver()
      },
      take: { batch in
        for record in batch.records { try body(record) }
        count += batch.records.count
      })
    return count
  }
}

/// Records that are handed from the thread that reads to the one that stores.
private struct RecordBatch: Sendable {
  /// Batches that may wait to be stored.
  static let mostWaiting = 4

  private(set) var records: [Record] = []
  /// Bytes of text.
  private var weight = 0

  var isFull: Bool { records.count >= 500 || weight >= 256 << 10 }

  mutating func append(_ record: Record) {
    records.append(record)
    for text in [record.name, record.dataStore, record.folder ?? "", record.label, record.path] {
      weight += text.utf8.count
    }
  }
}

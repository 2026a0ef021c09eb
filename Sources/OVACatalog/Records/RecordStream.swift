public import OVAByteSource

extension RecordReader {
  /// Reads the records of a source one after the other, as few of its bytes in memory as its form
  /// allows, and returns how many there were. Records that have an id or a path of another are not
  /// looked for.
  ///
  /// Throws `.malformedRecord` after all the records before the first that is no record,
  /// `ByteSourceError`, and what `body` throws.
  @discardableResult
  public func forEachRecord(
    in source: some ByteSource, format: RecordFormat? = nil, _ body: (Record) throws -> Void
  ) throws -> Int {
    let start = try source.bytes(at: 0, count: max(chunk, 4096))
    var window = Window(source: source, bytes: Array(start.prefix(chunk)), chunk: chunk)
    window.index = Self.withoutMark(start)
    switch format ?? Self.format(of: start) {
    case .ndjson: return try forEachLine(&window, body)
    case .csv: return try forEachRow(&window, body)
    case .json:
      var count = 0
      if try forEachElement(&window, &count, body) { return count }
      return try forEach(.json, source, after: count, body)
    case .api: return try forEach(.api, source, after: 0, body)
    case .sql: return try forEach(.sql, source, after: 0, body)
    }
  }

  /// Reads a whole document; so many of its records were read before.
  private func forEach(
    _ format: RecordFormat, _ source: some ByteSource, after count: Int,
    _ body: (Record) throws -> Void
  ) throws -> Int {
    let bytes = try source.bytes(at: 0, count: Int(clamping: source.size))
    let records = try document(bytes[Self.withoutMark(bytes)...], format)
    for record in records.dropFirst(count) { try body(record) }
    return records.count
  }

  /// A part of a source that moves on.
  private struct Window<Source: ByteSource> {
    let source: Source
    var bytes: [UInt8]
    /// The first byte that is not read yet.
    var index = 0
    private var end: UInt64
    private let chunk: Int

    init(source: Source, bytes: [UInt8], chunk: Int) {
      self.source = source
      self.bytes = bytes
      self.chunk = chunk
      end = UInt64(bytes.count)
    }

    /// True if the source ends where the window does.
    var isLast: Bool { end >= source.size }

    /// Releases what was read and takes in more; false at the source's end.
    mutating func advance() throws(ByteSourceError) -> Bool {
      guard !isLast else { return false }
      // What does not fit is read in larger and larger pieces, so that nothing is looked at too often.
      let more = try source.bytes(at: end, count: max(chunk, bytes.count - index))
      guard !more.isEmpty else { return false }
      bytes.removeFirst(index)
      bytes += more
      index = 0
      end += UInt64(more.count)
      return true
    }
  }

  private func forEachLine(
    _ window: inout Window<some ByteSource>, _ body: (Record) throws -> Void
  ) throws -> Int {
    var number = 0
    var count = 0
    while true {
      guard let end = window.bytes[window.index...].firstIndex(of: UInt8(ascii: "\n")) else {
        if try window.advance() { continue }
        if let record = try record(line: window.bytes[window.index...], number: number + 1) {
          try body(record)
          count += 1
        }
        return count
      }
      number += 1
      if let record = try record(line: window.bytes[window.index..<end], number: number) {
        try body(record)
        count += 1
      }
      window.index = end + 1
    }
  }

  private func forEachRow(
    _ window: inout Window<some ByteSource>, _ body: (Record) throws -> Void
  ) throws -> Int {
    var header: RecordTable?
    var line = 1
    var count = 0
    while true {
      var rows = CSVRows(bytes: window.bytes[window.index...], line: line)
      while true {
        let row: CSVRows.Row?
        do {
          row = try rows.next()
        } catch {
          // A row that the window cuts may look broken.
          guard window.isLast else { break }
          throw malformed(error.reason, line: error.line)
        }
        // The row, or its line end, may go on after the window.
        guard let row, rows.index < window.bytes.endIndex || window.isLast else { break }
        window.index = rows.index
        line = rows.line
        guard let header else {
          header = try RecordTable(header: row, of: self)
          continue
        }
        try body(try header.record(row, of: self))
        count += 1
      }
      guard try window.advance() else { return count }
    }
  }

  /// Reads an array's elements as long as they are of the usual form; false when one is not.
  private func forEachElement(
    _ window: inout Window<some ByteSource>, _ count: inout Int, _ body: (Record) throws -> Void
  ) throws -> Bool {
    var state = ArrayState.start
    while true {
      var index = window.index
      let row: LooseRecord?
      do throws(LooseRecord.Stop) {
        row = try state.next(window.bytes.span, &index)
      } catch {
        guard error == .cut, try window.advance() else { return false }
        continue
      }
      window.index = index
      guard let row else { return try isBlank(after: &window) }
      try body(try record(row, named: "record \(count + 1)", line: nil))
      count += 1
    }
  }

  private func isBlank(after window: inout Window<some ByteSource>) throws -> Bool {
    repeat {
      let rest = window.bytes[window.index...]
      guard rest.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }) else {
        return false
      }
      window.index = window.bytes.count
    } while try window.advance()
    return true
  }
}

/// The progress through an array of records.
private enum ArrayState {
  case start
  case between

  /// The next element; nil after the array's end.
  mutating func next(
    _ bytes: Span<UInt8>, _ index: inout Int
  ) throws(LooseRecord.Stop) -> LooseRecord? {
    try LooseRecord.skipBlanks(bytes, &index)
    switch (self, bytes[index]) {
    case (.start, UInt8(ascii: "[")): break
    case (.between, UInt8(ascii: ",")): break
    case (.between, UInt8(ascii: "]")):
      index += 1
      return nil
    default: throw .unusual
    }
    index += 1
    if self == .start {
      try LooseRecord.skipBlanks(bytes, &index)
      if bytes[index] == UInt8(ascii: "]") {
        index += 1
        return nil
      }
    }
    let record = try LooseRecord(bytes, at: &index)
    self = .between
    return record
  }
}

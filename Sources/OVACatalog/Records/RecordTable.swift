import OVABasics

/// The columns of a table of records.
struct RecordTable {
  /// The place of each of the nine keys among the columns, in the order of `RecordWriter.keys`.
  private let places: [Int]
  private let columns: Int

  /// Finds the nine columns in a header row.
  init(header: CSVRows.Row, of reader: RecordReader) throws(CatalogError) {
    columns = header.fields.count
    var places: [Int] = []
    for key in RecordWriter.keys {
      guard let place = header.fields.lastIndex(where: key.isExactly) else {
        throw reader.malformed(
          "the header row has no column '\(key)'", line: header.line,
          fix: "name the nine columns in the first row: \(RecordWriter.keys.joined(separator: ","))"
        )
      }
      places.append(place)
    }
    self.places = places
  }

  /// The record of a row.
  func record(_ row: CSVRows.Row, of reader: RecordReader) throws(CatalogError) -> Record {
    guard row.fields.count == columns else {
      throw reader.malformed(
        "\(row.fields.count) fields where the header has \(columns)", line: row.line)
    }
    let value = { (key: Int) in CSVCell.unguarded(row.fields[places[key]]) }
    let idText = value(3)
    // Int64("+24") is 24, which no writer meant.
    guard idText.utf8.allSatisfy(\.isASCIIDigit), let id = Int64(idText) else {
      throw reader.malformed("id: '\(idText.forDisplay)' is not a number", line: row.line)
    }
    guard let isPublic = FieldValue.flag(value(7)) else {
      throw reader.malformed(
        "public: '\(value(7).forDisplay)' is neither true nor false", line: row.line)
    }
    let folder = value(2)
    let loose = LooseRecord(
      id: id, name: value(5), data_store: value(1), folder: folder.isEmpty ? nil : folder,
      label: value(4), path: value(6), public: isPublic, created_on: value(0), updated_on: value(8))
    return try reader.record(loose, named: "the record", line: row.line)
  }
}

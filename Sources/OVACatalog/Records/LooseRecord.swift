/// A record as a file has it, before its values are looked at.
struct LooseRecord: Decodable {
  var id: Int64
  var name: String
  var data_store: String
  var folder: String?
  var label: String
  var path: String
  var `public`: Bool
  var created_on: String
  var updated_on: String
}

/// The list answer of the API.
struct LooseList: Decodable {
  var data: [LooseRecord]
}

extension LooseRecord {
  /// The reasons why a record is not read by ``init(_:at:)``.
  enum Stop: Error {
    /// The bytes end before the record does.
    case cut
    /// It is not of the usual form: the decoder reads it, or says what is wrong.
    case unusual
  }

  /// Reads an object of the usual form: the nine keys, each once, and texts without escapes.
  ///
  /// Foundation's decoder reads whole documents only, so that a list of a million records would be
  /// in memory before the first of them; this finds where each ends, as the bytes come. It also
  /// takes a fifth of the decoder's time. What it reads, the decoder reads as well and to the same
  /// values; all else is left to the decoder, and so is saying what is wrong.
  ///
  /// - Parameter index: the object's first byte; afterwards the byte after it.
  init(_ bytes: Span<UInt8>, at index: inout Int) throws(Stop) {
    var id: Int64?
    var isPublic: Bool?
    var isFolderKnown = false
    var texts = Texts()
    try Self.take("{", bytes, &index)
    repeat {
      let key = try Self.text(bytes, &index)
      try Self.take(":", bytes, &index)
      switch key {
      case "id":
        guard id == nil else { throw .unusual }
        id = try Self.number(bytes, &index)
      case "public":
        guard isPublic == nil else { throw .unusual }
        isPublic = try Self.flag(bytes, &index)
      case "folder":
        guard !isFolderKnown else { throw .unusual }
        isFolderKnown = true
        try Self.skipBlanks(bytes, &index)
        if bytes[index] == UInt8(ascii: "n") {
          try Self.take("null", bytes, &index)
        } else {
          texts.folder = try Self.text(bytes, &index)
        }
      case "name": try Self.put(&texts.name, bytes, &index)
      case "data_store": try Self.put(&texts.dataStore, bytes, &index)
      case "label": try Self.put(&texts.label, bytes, &index)
      case "path": try Self.put(&texts.path, bytes, &index)
      case "created_on": try Self.put(&texts.createdOn, bytes, &index)
      case "updated_on": try Self.put(&texts.updatedOn, bytes, &index)
      default: _ = try Self.text(bytes, &index)
      }
      try Self.skipBlanks(bytes, &index)
    } while Self.isTaken(",", bytes, &index)
    try Self.take("}", bytes, &index)
    guard let id, let isPublic, let name = texts.name,
      let dataStore = texts.dataStore, let label = texts.label, let path = texts.path,
      let createdOn = texts.createdOn, let updatedOn = texts.updatedOn
    else { throw .unusual }
    self.init(
      id: id, name: name, data_store: dataStore, folder: texts.folder, label: label, path: path,
      public: isPublic, created_on: createdOn, updated_on: updatedOn)
  }

  private struct Texts {
    var name: String?
    var dataStore: String?
    var folder: String?
    var label: String?
    var path: String?
    var createdOn: String?
    var updatedOn: String?
  }

  /// Goes on to the next byte that is no blank; there is one afterwards.
  static func skipBlanks(_ bytes: Span<UInt8>, _ index: inout Int) throws(Stop) {
    while index < bytes.count {
      switch bytes[index] {
      case 0x20, 0x09, 0x0A, 0x0D: index += 1
      default: return
      }
    }
    throw .cut
  }

  private static func isTaken(
    _ byte: Unicode.Scalar, _ bytes: Span<UInt8>, _ index: inout Int
  ) -> Bool {
    guard index < bytes.count, bytes[index] == UInt8(ascii: byte) else { return false }
    index += 1
    return true
  }

  private static func take(
    _ word: StaticString, _ bytes: Span<UInt8>, _ index: inout Int
  ) throws(Stop) {
    try skipBlanks(bytes, &index)
    for offset in 0..<word.utf8CodeUnitCount {
      guard index < bytes.count else { throw .cut }
      guard unsafe bytes[index] == word.utf8Start[offset] else { throw .unusual }
      index += 1
    }
  }

  private static func put(
    _ text: inout String?, _ bytes: Span<UInt8>, _ index: inout Int
  ) throws(Stop) {
    guard text == nil else { throw .unusual }
    text = try self.text(bytes, &index)
  }

  private static func flag(_ bytes: Span<UInt8>, _ index: inout Int) throws(Stop) -> Bool {
    try skipBlanks(bytes, &index)
    let isTrue = bytes[index] == UInt8(ascii: "t")
    try take(isTrue ? "true" : "false", bytes, &index)
    return isTrue
  }

  /// A number of one to eighteen digits.
  private static func number(_ bytes: Span<UInt8>, _ index: inout Int) throws(Stop) -> Int64 {
    try skipBlanks(bytes, &index)
    let start = index
    var number: Int64 = 0
    while index < bytes.count, bytes[index] &- UInt8(ascii: "0") <= 9, index - start < 18 {
      number = number * 10 + Int64(bytes[index] &- UInt8(ascii: "0"))
      index += 1
    }
    guard index < bytes.count else { throw .cut }
    guard index > start, bytes[start] != UInt8(ascii: "0") else { throw .unusual }
    switch bytes[index] {
    case UInt8(ascii: ","), UInt8(ascii: "}"), 0x20, 0x09, 0x0A, 0x0D: return number
    default: throw .unusual
    }
  }

  private static func text(_ bytes: Span<UInt8>, _ index: inout Int) throws(Stop) -> String {
    try take("\"", bytes, &index)
    let start = index
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: "\""):
        let text = bytes.extracting(start..<index)
        index += 1
        guard let utf8 = try? UTF8Span(validating: text) else { throw .unusual }
        return String(copying: utf8)
      case UInt8(ascii: "\\"), 0..<0x20: throw .unusual
      default: index += 1
      }
    }
    throw .cut
  }
}

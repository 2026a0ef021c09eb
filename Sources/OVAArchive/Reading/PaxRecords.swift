import OVABasics

/// The records `length keyword=value\n` of an extended header (POSIX.1-2001, pax).
struct PaxRecords {
  /// Keywords and values in their order, as far as the records can be read.
  private(set) var entries: [(keyword: String, value: [UInt8])] = []

  init(_ bytes: [UInt8]) {
    var rest = bytes[...]
    while let blank = rest.prefix(20).firstIndex(of: UInt8(ascii: " ")),
      let length = Int(String(decoding: rest[rest.startIndex..<blank], as: UTF8.self)),
      length > blank - rest.startIndex + 1, length <= rest.count
    {
      let record = rest[(blank + 1)..<(rest.startIndex + length)]
      guard record.last == UInt8(ascii: "\n"),
        let equals = record.firstIndex(of: UInt8(ascii: "="))
      else { return }
      let keyword = FileNameText.text(of: Array(record[record.startIndex..<equals]))
      entries.append((keyword, Array(record[(equals + 1)...].dropLast())))
      rest = rest.dropFirst(length)
    }
  }

  /// The last value of a keyword, which is the one that counts.
  func value(_ keyword: String) -> [UInt8]? {
    entries.last { $0.keyword.utf8.elementsEqual(keyword.utf8) }?.value
  }

  /// The value of a keyword as a decimal number.
  func number(_ keyword: String) -> UInt64? {
    value(keyword).flatMap { UInt64(String(decoding: $0, as: UTF8.self)) }
  }

  /// True if the member is stored with holes: GNU tar's three forms, and star's.
  var isSparse: Bool {
    entries.contains { entry in
      entry.keyword.utf8.starts(with: "GNU.sparse.".utf8)
        || entry.keyword.utf8.elementsEqual("SCHILY.realsize".utf8)
        || entry.keyword.utf8.elementsEqual("SCHILY.filetype".utf8)
          && entry.value.elementsEqual("sparse".utf8)
    }
  }
}

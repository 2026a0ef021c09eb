import OVABasics

/// A line in no known form that still holds one name and one digest: `name: hex`, `SHA256 hex name`,
/// `"SHA256","HEX","path"`.
struct LooseLine {
  let algorithmText: String
  let nameBytes: [UInt8]
  let digestText: String
  let digest: DigestText
  /// True if it is a line of values in quotes, parted by commas.
  let isCSV: Bool

  /// The fewest digits of a digest; with fewer a word may be anything.
  private static let leastDigits = DigestClaim.leastDigits

  /// Reads a line; nil when it does not hold one digest and one name, and for comments.
  init?(_ line: ArraySlice<UInt8>) {
    let text = line.trimmed
    for mark in ["#", ";", "//"] where text.starts(with: mark.utf8) { return nil }
    if let fields = Self.fields(text) {
      self.init(fields: fields)
    } else {
      self.init(words: text)
    }
  }

  private init?(fields: [ArraySlice<UInt8>]) {
    var labels: [String] = []
    var names: [ArraySlice<UInt8>] = []
    var digests: [(text: ArraySlice<UInt8>, read: DigestText)] = []
    for field in fields.map(\.trimmed) where !field.isEmpty {
      if let read = Self.digest(field) {
        digests.append((field, read))
      } else if Self.isLabel(field) {
        labels.append(String(decoding: field, as: UTF8.self))
      } else {
        names.append(field)
      }
    }
    guard digests.count == 1, names.count == 1, labels.count <= 1 else { return nil }
    algorithmText = labels.first ?? ""
    nameBytes = Array(names[0])
    digestText = String(decoding: digests[0].text, as: UTF8.self)
    digest = digests[0].read
    isCSV = true
  }

  private init?(words text: ArraySlice<UInt8>) {
    guard let found = Self.longestDigest(in: text) else { return nil }
    var label = found.label
    let before = Self.name(text[..<found.start], &label)
    let after = Self.name(text[found.end...], &label)
    guard before.isEmpty != after.isEmpty else { return nil }
    let name = before.isEmpty ? after : before
    // Half of a pair is the half of a line whose name holds a line feed.
    guard
      name.count(where: { $0 == UInt8(ascii: "(") })
        == name.count(where: { $0 == UInt8(ascii: ")") })
    else { return nil }
    algorithmText = label
    nameBytes = Array(name)
    digestText = String(decoding: found.text, as: UTF8.self)
    digest = found.read
    isCSV = false
  }

  private struct Found {
    let start: Int
    let end: Int
    let label: String
    let text: ArraySlice<UInt8>
    let read: DigestText
  }

  /// The word with the most digits; `sha256:` before them is their label.
  private static func longestDigest(in text: ArraySlice<UInt8>) -> Found? {
    var best: Found?
    for word in text.split(whereSeparator: isBlank) {
      var digits = word
      var label = ""
      if let colon = word.firstIndex(where: { $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "=") }),
        isLabel(word[..<colon])
      {
        label = String(decoding: word[..<colon], as: UTF8.self)
        digits = word[(colon + 1)...]
      }
      while let last = digits.last, [":", ",", ";", "="].contains(Unicode.Scalar(last)) {
        digits = digits.dropLast()
      }
      guard let read = digest(digits) ?? digest(digits.drop { $0 == UInt8(ascii: "=") }),
        read.digits.utf8.count > best?.read.digits.utf8.count ?? 0
      else { continue }
      best = Found(
        start: word.startIndex, end: word.endIndex, label: label, text: digits, read: read)
    }
    return best
  }

  private static func digest(_ text: ArraySlice<UInt8>) -> DigestText? {
    guard text.count >= leastDigits, let read = DigestText(text),
      read.digits.utf8.count >= leastDigits
    else { return nil }
    return read
  }

  private static func isLabel(_ text: ArraySlice<UInt8>) -> Bool {
    switch DigestLabel(String(decoding: text, as: UTF8.self)) {
    case .algorithm, .notComputed: true
    case .absent, .unknown: false
    }
  }

  /// Returns the rest of a part of the line without algorithm and punctuation.
  private static func name(
    _ part: ArraySlice<UInt8>, _ label: inout String
  ) -> ArraySlice<UInt8> {
    func isPunctuation(_ byte: UInt8) -> Bool {
      isBlank(byte) || [":", "=", ",", ";", "|", "*"].contains(Unicode.Scalar(byte))
    }
    func bare(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
      let start = text.drop(while: isPunctuation)
      let end = start.lastIndex { !isPunctuation($0) }.map { $0 + 1 } ?? start.startIndex
      return start[..<end]
    }
    var rest = bare(part)
    let first = rest.prefix { !isPunctuation($0) }
    if label.isEmpty, isLabel(first) {
      label = String(decoding: first, as: UTF8.self)
      rest = bare(rest[first.endIndex...])
    }
    let last = rest.split(whereSeparator: isPunctuation).last ?? []
    if label.isEmpty, isLabel(last) {
      label = String(decoding: last, as: UTF8.self)
      rest = bare(rest[..<last.startIndex])
    }
    if rest.count > 2, rest.first == UInt8(ascii: "("), rest.last == UInt8(ascii: ")") {
      rest = rest.dropFirst().dropLast()
    }
    return rest
  }

  /// Values in quotes that commas or semicolons part; nil when the line has another shape.
  private static func fields(_ text: ArraySlice<UInt8>) -> [ArraySlice<UInt8>]? {
    let quote = UInt8(ascii: "\"")
    guard text.first == quote else { return nil }
    var fields: [ArraySlice<UInt8>] = []
    var rest = text
    while rest.popFirst() == quote {
      guard let end = rest.firstIndex(of: quote) else { return nil }
      fields.append(rest[..<end])
      rest = rest[(end + 1)...].drop(while: isBlank)
      guard let comma = rest.popFirst() else { return fields.count > 1 ? fields : nil }
      guard comma == UInt8(ascii: ",") || comma == UInt8(ascii: ";") else { return nil }
      rest = rest.drop(while: isBlank)
    }
    return nil
  }
}

import OVABasics
import OVFDescriptor

/// Changes the `ovf:size` of files in a descriptor and leaves every other byte as it was.
///
/// It looks for the values in the bytes themselves, in the order in which the reader saw them, and
/// has the reader confirm what it did.
struct SizeEdit {
  /// Why a descriptor cannot be edited in place.
  struct Refusal: Error, Hashable {
    let reason: String
  }

  /// The sizes to write, by the file's number in the References.
  let sizes: [Int: UInt64]

  /// The descriptor with the sizes.
  func edited(_ bytes: [UInt8], of envelope: Envelope) throws(Refusal) -> [UInt8] {
    guard Self.isASCIILike(bytes) else {
      throw Refusal(reason: "the descriptor is in an encoding that is not edited in place")
    }
    var scanner = TagScanner(bytes)
    let found = try scanner.fileSizes()
    guard found.count == envelope.files.count else {
      throw Refusal(reason: "its References cannot be told apart in the bytes")
    }
    var result = bytes
    // From the end, so that what was found stays where it was found.
    for (number, size) in sizes.sorted(by: { $0.key > $1.key }) {
      guard found.indices.contains(number), let range = found[number],
        let written = envelope.files[number].size?.text,
        bytes[range].elementsEqual(written.utf8)
      else { throw Refusal(reason: "the size in its bytes is not the one that was read") }
      result.replaceSubrange(range, with: Array(String(size).utf8))
    }
    try confirm(result, envelope)
    return result
  }

  /// The edited descriptor has to say the same but for the sizes.
  private func confirm(_ bytes: [UInt8], _ envelope: Envelope) throws(Refusal) {
    let again = try? Envelope.read(bytes, name: envelope.place.file, limits: Limits()) { _ in nil }
    let isRight =
      again?.files.count == envelope.files.count
      && zip(again?.files ?? [], envelope.files).enumerated().allSatisfy { number, pair in
        let isSame =
          pair.0.id?.text == pair.1.id?.text && pair.0.href?.text == pair.1.href?.text
        let size = sizes[number] ?? pair.1.size?.value
        return isSame && pair.0.size?.value == size
      } && again?.disks == envelope.disks
    if !isRight { throw Refusal(reason: "the edited descriptor does not read as it should") }
  }

  /// Whether markup can be found byte by byte: UTF-8 and what shares its first half.
  private static func isASCIILike(_ bytes: [UInt8]) -> Bool {
    if String(validating: bytes, as: UTF8.self) != nil { return !bytes.contains(0) }
    let head = String(decoding: bytes.prefix(200), as: UTF8.self).lowercased()
    return !bytes.contains(0)
      && ["iso-8859-", "windows-125", "us-ascii"].contains { head.contains("encoding=\"\($0)") }
  }
}

/// Finds tags in bytes that an XML reader has accepted before.
private struct TagScanner {
  private let bytes: [UInt8]
  private var position = 0
  private var open: [String] = []
  private var sizes: [Range<Int>?] = []

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Where the value of each `size` of a `File` in References stands.
  mutating func fileSizes() throws(SizeEdit.Refusal) -> [Range<Int>?] {
    while let start = bytes[position...].firstIndex(of: UInt8(ascii: "<")) {
      position = start
      if has("<!--") {
        try skip(to: "-->")
      } else if has("<![CDATA[") {
        try skip(to: "]]>")
      } else if has("<?") {
        try skip(to: "?>")
      } else if has("<!") {
        throw SizeEdit.Refusal(reason: "it has a document type declaration")
      } else if has("</") {
        _ = open.popLast()
        try skip(to: ">")
      } else {
        position += 1
        try tag()
      }
    }
    return sizes
  }

  private func has(_ text: String) -> Bool { bytes[position...].starts(with: text.utf8) }

  private mutating func skip(to end: String) throws(SizeEdit.Refusal) {
    guard let found = bytes[position...].firstRange(of: Array(end.utf8)) else { throw Self.broken }
    position = found.upperBound
  }

  private static let broken = SizeEdit.Refusal(reason: "its markup does not end")
  private static let stops = Set(" \t\r\n/>=".utf8)

  private mutating func word() -> String {
    let start = position
    while position < bytes.count, !Self.stops.contains(bytes[position]) { position += 1 }
    let word = String(decoding: bytes[start..<position], as: UTF8.self)
    return word.split(separator: ":", omittingEmptySubsequences: false).last.map(String.init) ?? ""
  }

  private mutating func tag() throws(SizeEdit.Refusal) {
    let name = word()
    let isFile = name == "File" && open.last == "References"
    var size: Range<Int>?
    while true {
      while position < bytes.count, " \t\r\n".utf8.contains(bytes[position]) { position += 1 }
      guard position < bytes.count else { throw Self.broken }
      if has("/>") {
        position += 2
        break
      }
      if has(">") {
        position += 1
        open.append(name)
        break
      }
      let attribute = word()
      while position < bytes.count, " \t\r\n=".utf8.contains(bytes[position]) { position += 1 }
      guard position < bytes.count, "\"'".utf8.contains(bytes[position]),
        let end = bytes[(position + 1)...].firstIndex(of: bytes[position])
      else { throw Self.broken }
      if attribute == "size" {
        guard size == nil else { throw SizeEdit.Refusal(reason: "a file has two sizes") }
        size = position + 1..<end
      }
      position = end + 1
    }
    if isFile { sizes.append(size) }
  }
}

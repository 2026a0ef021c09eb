import OVABasics

/// The tags of an XML document that a reader has accepted, with the bytes at which they stand.
///
/// It lets a descriptor be edited in place, so that every byte that is not meant stays as it is.
struct Markup {
  /// An element.
  struct Element {
    /// The name without its prefix.
    let name: String
    /// The bytes from the `<` of its start to the `>` of its end.
    var range: Range<Int>
    /// The element that it lies in; nil for the root.
    let parent: Int?
    /// Its child elements in their order.
    var children: [Int] = []
    /// The attributes in their order.
    var attributes: [Attribute] = []
  }

  /// An attribute.
  struct Attribute {
    /// The name without its prefix.
    let name: String
    /// The value without its quotes.
    let value: Range<Int>
  }

  /// The elements in the order of their starts, the root first.
  private(set) var elements: [Element] = []
  private let bytes: [UInt8]
  private var position = 0
  private var open: [Int] = []

  /// Finds the tags.
  /// - Throws: why the bytes cannot be edited in place.
  init(_ bytes: [UInt8]) throws(EditRefusal) {
    guard Self.isASCIILike(bytes) else {
      throw EditRefusal(reason: "the descriptor is in an encoding that is not edited in place")
    }
    self.bytes = bytes
    while let start = bytes[position...].firstIndex(of: UInt8(ascii: "<")) {
      position = start
      if has("<!--") {
        try skip(to: "-->")
      } else if has("<![CDATA[") {
        try skip(to: "]]>")
      } else if has("<?") {
        try skip(to: "?>")
      } else if has("<!") {
        throw EditRefusal(reason: "it has a document type declaration")
      } else if has("</") {
        try skip(to: ">")
        guard let closed = open.popLast() else { throw Self.broken }
        elements[closed].range = elements[closed].range.lowerBound..<position
      } else {
        try startTag()
      }
    }
    guard open.isEmpty, !elements.isEmpty else { throw Self.broken }
  }

  /// The root, then all others.
  var root: Element { elements[0] }

  /// The child elements of one.
  func children(of element: Element) -> [Element] { element.children.map { elements[$0] } }

  private func has(_ text: String) -> Bool { bytes[position...].starts(with: text.utf8) }

  private mutating func skip(to end: String) throws(EditRefusal) {
    guard let found = bytes[position...].firstRange(of: Array(end.utf8)) else { throw Self.broken }
    position = found.upperBound
  }

  private mutating func startTag() throws(EditRefusal) {
    let start = position
    position += 1
    var element = Element(name: word(), range: start..<start, parent: open.last)
    while true {
      skipBlanks()
      guard position < bytes.count else { throw Self.broken }
      let isEmpty = has("/>")
      if isEmpty || has(">") {
        position += isEmpty ? 2 : 1
        element.range = start..<position
        let index = elements.count
        if let parent = element.parent { elements[parent].children.append(index) }
        elements.append(element)
        if !isEmpty { open.append(index) }
        return
      }
      element.attributes.append(try attribute())
    }
  }

  private mutating func attribute() throws(EditRefusal) -> Attribute {
    let name = word()
    while position < bytes.count, Self.isBlank(bytes[position]) || bytes[position] == 0x3D {
      position += 1
    }
    guard position < bytes.count, bytes[position] == 0x22 || bytes[position] == 0x27,
      let end = bytes[(position + 1)...].firstIndex(of: bytes[position])
    else { throw Self.broken }
    defer { position = end + 1 }
    return Attribute(name: name, value: position + 1..<end)
  }

  private mutating func skipBlanks() {
    while position < bytes.count, Self.isBlank(bytes[position]) { position += 1 }
  }

  private static let stops = Set(" \t\r\n/>=".utf8)

  /// A name, of which the part behind the colon is given.
  private mutating func word() -> String {
    let start = position
    while position < bytes.count, !Self.stops.contains(bytes[position]) { position += 1 }
    let word = String(decoding: bytes[start..<position], as: UTF8.self)
    return word.split(separator: ":", omittingEmptySubsequences: false).last.map(String.init) ?? ""
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
  }

  private static let broken = EditRefusal(reason: "its markup cannot be told apart in the bytes")

  /// Returns whether markup can be found byte by byte: UTF-8 and what shares its first half.
  private static func isASCIILike(_ bytes: [UInt8]) -> Bool {
    if bytes.contains(0) { return false }
    if String(validating: bytes, as: UTF8.self) != nil { return true }
    let head = String(decoding: bytes.prefix(200), as: UTF8.self).lowercased()
    return ["iso-8859-", "windows-125", "us-ascii"].contains { head.contains("encoding=\"\($0)") }
  }
}

/// A reason not to edit a descriptor in place.
struct EditRefusal: Error, Hashable {
  let reason: String
}

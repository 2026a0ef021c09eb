import OVABasics

/// Counts attributes, and declarations of a document type, before libxml2 does: it compares each of a
/// tag's attributes with all others, so that a tag with a million of them would hold it for hours.
enum AttributeLimits {
  static func check(
    _ bytes: [UInt8], length: Int, encoding: Encoding, limits: Limits, name: String
  ) throws(XMLError) {
    // The shortest attribute is a blank, a letter, an equals sign and two quotes.
    guard length / (5 * encoding.unit) > limits.xmlAttributes else { return }
    var counter = AttributeCounter()
    switch encoding.layout {
    case .bytes, .ebcdic:
      for byte in bytes[..<length] { counter.take(byte) }
    case .sixteenBig, .sixteenLittle, .thirtyTwo:
      // Bytes of wide characters beyond ASCII count as a letter.
      let low = encoding.layout == .sixteenLittle || bytes.first != 0 ? 0 : encoding.unit - 1
      for start in stride(from: 0, to: length - encoding.unit + 1, by: encoding.unit) {
        let unit = bytes[start..<start + encoding.unit]
        let byte = bytes[start + low]
        let isASCII = unit.allSatisfy { $0 == 0 } || unit.count(where: { $0 != 0 }) == 1
        counter.take(isASCII && byte < 0x80 ? byte : UInt8(ascii: "x"))
      }
    }
    guard counter.declarations <= limits.xmlDeclarations else {
      throw XMLError(
        .limit,
        reason: "the document type has \(counter.declarations) declarations, the limit is "
          + "\(limits.xmlDeclarations)", place: Place(name),
        fix: "raise the limit 'xmlDeclarations'")
    }
    let most = counter.most
    guard most <= limits.xmlAttributes else {
      throw XMLError(
        .limit, reason: "an element has \(most) attributes, the limit is \(limits.xmlAttributes)",
        place: Place(name), fix: "raise the limit 'xmlAttributes'")
    }
  }
}

/// Follows just enough of XML's grammar to know what is inside a tag.
private struct AttributeCounter {
  private enum State {
    case text
    case tagOpen
    case tag
    case quoted(UInt8)
    /// Inside a comment, CDATA section, instruction or declaration: until `>` that ends it.
    case special(close: UInt8, matched: Int, needed: Int)
  }

  private var state = State.text
  private var head: [UInt8] = []
  private var count = 0
  private var mostInTag = 0
  private var equalsSigns = 0
  private var mostEqualsSigns = 0
  /// Declarations of a document type and in it, which libxml2 keeps.
  private(set) var declarations = 0
  private var hasDocumentType: Bool { declarations > 0 }

  /// The most attributes of any tag. Quoted text of a document type could hide tags from the
  /// count, so where there is one every equals sign between two `<` counts.
  var most: Int { hasDocumentType ? mostEqualsSigns : mostInTag }

  mutating func take(_ byte: UInt8) {
    if byte == UInt8(ascii: "<") {
      equalsSigns = 0
    } else if byte == UInt8(ascii: "=") {
      equalsSigns += 1
      mostEqualsSigns = max(mostEqualsSigns, equalsSigns)
    }
    switch state {
    case .text:
      if byte == UInt8(ascii: "<") {
        state = .tagOpen
        head.removeAll(keepingCapacity: true)
      }
    case .tagOpen: opening(byte)
    case .tag:
      switch byte {
      case UInt8(ascii: ">"): state = .text
      case UInt8(ascii: "="):
        count += 1
        mostInTag = max(mostInTag, count)
      case UInt8(ascii: "\""), UInt8(ascii: "'"): state = .quoted(byte)
      default: break
      }
    case .quoted(let quote):
      if byte == quote { state = .tag }
    case .special(let close, let matched, let needed):
      if byte == UInt8(ascii: ">"), matched >= needed {
        state = .text
      } else {
        state = .special(close: close, matched: byte == close ? matched + 1 : 0, needed: needed)
      }
    }
  }

  private mutating func opening(_ byte: UInt8) {
    count = 0
    if head.isEmpty, byte == UInt8(ascii: "?") {
      state = .special(close: byte, matched: 0, needed: 1)
      return
    }
    if head.isEmpty, byte != UInt8(ascii: "!") {
      state = byte == UInt8(ascii: ">") ? .text : .tag
      return
    }
    head.append(byte)
    if head.elementsEqual("!--".utf8) {
      state = .special(close: UInt8(ascii: "-"), matched: 0, needed: 2)
    } else if head.elementsEqual("![CDATA[".utf8) {
      state = .special(close: UInt8(ascii: "]"), matched: 0, needed: 2)
    } else if !"!--".utf8.starts(with: head), !"![CDATA[".utf8.starts(with: head) {
      declarations += 1
      state = .special(close: 0, matched: 0, needed: 0)
    }
  }
}

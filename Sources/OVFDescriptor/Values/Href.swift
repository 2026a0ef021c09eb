extension FileReference.Target {
  /// Reads an href: a scheme makes it a URL, else it is a path, percent-decoded.
  public init(href: String) {
    if let scheme = Self.scheme(of: href) {
      self = .url(scheme: scheme)
    } else if let path = href.percentDecoded {
      self = .file(path: path)
    } else {
      self = .undecodable
    }
  }

  /// RFC 3986's scheme, lower-cased. One letter is a drive of Windows, not a scheme.
  private static func scheme(of href: String) -> String? {
    guard let colon = href.utf8.firstIndex(of: UInt8(ascii: ":")) else { return nil }
    let head = href.utf8[..<colon]
    guard head.count > 1, let first = head.first, first.isLetter,
      head.allSatisfy({ $0.isLetter || $0.isDigit || "+-.".utf8.contains($0) })
    else { return nil }
    return String(href[..<colon]).lowercased()
  }
}

extension String {
  /// The text with `%XX` resolved; a `%` that no two hexadecimal digits follow stays as it is. Nil
  /// if the bytes are not UTF-8.
  var percentDecoded: String? {
    let source = Array(utf8)
    guard source.contains(UInt8(ascii: "%")) else { return self }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(source.count)
    var rest = source[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "%"), let high = rest.first?.hexValue,
        let low = rest.dropFirst().first?.hexValue
      {
        bytes.append(high << 4 | low)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(validating: bytes, as: UTF8.self)
  }
}

extension UInt8 {
  var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
  var isLetter: Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20) && self < 0x80
  }
  var hexValue: UInt8? {
    if isDigit { return self - UInt8(ascii: "0") }
    let lower = self | 0x20
    guard (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(lower) else { return nil }
    return lower - UInt8(ascii: "a") + 10
  }
}

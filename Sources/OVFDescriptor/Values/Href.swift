import OVABasics

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
    guard head.count > 1, let first = head.first, first.isASCIILetter,
      head.allSatisfy({ $0.isASCIILetter || $0.isASCIIDigit || "+-.".utf8.contains($0) })
    else { return nil }
    return String(href[..<colon]).lowercased()
  }
}

extension String {
  /// The text with `%XX` resolved; a `%` that no two hexadecimal digits follow stays as it is. Nil
  /// if the bytes are not UTF-8.
  var percentDecoded: String? {
    guard utf8.contains(UInt8(ascii: "%")) else { return self }
    return String(validating: PercentCoding.decoded(utf8), as: UTF8.self)
  }
}

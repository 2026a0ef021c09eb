import FoundationEssentials
import OVABasics

/// The digits of a digest as a line writes them: alone, behind `0x`, in groups, in base64.
struct DigestText {
  /// The digits in lower case.
  let digits: String
  /// The deviations of the digits from the grammar.
  let deviations: [Manifest.Deviation]

  /// Reads the text behind the equals sign; nil when it holds no digest.
  init?(_ text: ArraySlice<UInt8>) {
    var rest = text
    var found: Set<Manifest.Deviation> = []
    if let inner = rest.unquoted {
      rest = inner
      found.insert(.quotedDigest)
    }
    if let cut = rest.withoutEllipsis {
      rest = cut
      found.insert(.cutDigest)
    }
    if let plain = Self.groups(rest, &found) {
      digits = plain
    } else if let bytes = Self.base64(rest) {
      digits = Hex.text(bytes)
      found.insert(.base64Digest)
    } else if let first = Self.firstWord(rest) {
      digits = first
      found.insert(.textAfterDigest)
    } else {
      return nil
    }
    if rest.contains(where: { (0x41...0x46).contains($0) }), !found.contains(.base64Digest) {
      found.insert(.upperCaseDigest)
    }
    deviations = Manifest.Deviation.allCases.filter(found.contains)
  }

  /// Digits in one group or several, each perhaps behind `0x`.
  static func groups(
    _ text: ArraySlice<UInt8>, _ found: inout Set<Manifest.Deviation>
  ) -> String? {
    let groups = text.split(whereSeparator: isSeparator)
    guard !groups.isEmpty else { return nil }
    var hasPrefix = false
    var digits: [UInt8] = []
    for group in groups {
      var group = group
      if group.starts(with: "0x".utf8) || group.starts(with: "0X".utf8) {
        hasPrefix = true
        group = group.dropFirst(2)
      }
      guard !group.isEmpty, group.allSatisfy({ Hex.value($0) != nil }) else { return nil }
      digits += group
    }
    if hasPrefix { found.insert(.prefixedDigest) }
    if groups.count > 1 || groups[0].count != text.count { found.insert(.separatedDigest) }
    return String(decoding: digits, as: UTF8.self).lowercased()
  }

  private static func isSeparator(_ byte: UInt8) -> Bool {
    isBlank(byte) || [":", "-", ".", "_", ","].contains(Unicode.Scalar(byte))
  }

  /// A whole digest in base64, with or without the signs that fill it up.
  private static func base64(_ text: ArraySlice<UInt8>) -> [UInt8]? {
    // Digits with a typing mistake are base64, too: a quarter of its letters at least is no digit.
    guard text.count <= 90, text.count(where: { Hex.value($0) == nil }) * 4 > text.count else {
      return nil
    }
    let fill = [UInt8](repeating: UInt8(ascii: "="), count: (4 - text.count % 4) % 4)
    guard let data = Data(base64Encoded: Data(text + fill)) else { return nil }
    return DigestAlgorithm.allCases.contains { $0.byteCount == data.count } ? Array(data) : nil
  }

  /// A whole digest with something else behind it.
  private static func firstWord(_ text: ArraySlice<UInt8>) -> String? {
    let word = text.prefix { !isBlank($0) }
    guard word.count < text.count, word.allSatisfy({ Hex.value($0) != nil }),
      DigestAlgorithm.allCases.contains(where: { $0.hexCount == word.count })
    else { return nil }
    return String(decoding: word, as: UTF8.self).lowercased()
  }
}

extension ArraySlice<UInt8> {
  /// The bytes between two quotes of a kind; nil when there are none.
  var unquoted: ArraySlice<UInt8>? {
    guard count > 2, let first, first == last, ["\"", "'", "`"].contains(Unicode.Scalar(first))
    else { return nil }
    return dropFirst().dropLast()
  }

  /// The bytes before an ellipsis at the end, with which tables show that something was cut off.
  var withoutEllipsis: ArraySlice<UInt8>? {
    for mark in ["...", "\u{2026}"] where count > mark.utf8.count {
      if suffix(mark.utf8.count).elementsEqual(mark.utf8) { return dropLast(mark.utf8.count) }
    }
    return nil
  }

  /// The bytes without the blanks around them.
  var trimmed: ArraySlice<UInt8> {
    let start = drop(while: isBlank)
    return start.prefix(upTo: (start.lastIndex { !isBlank($0) }).map { $0 + 1 } ?? start.startIndex)
  }
}

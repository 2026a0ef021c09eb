import OVABasics
import OVAIntegrity
public import OVARules

/// The identity of a finding from one run to the next: in baselines, in SARIF and in GitLab's code
/// quality reports.
///
/// It is made of the rule, the file and the message. Lines, byte offsets, sizes, digests and days
/// are left out, so that it stays the same when lines move or the package is built again; equal
/// findings of one file are numbered in their order. Neither severity nor fix are part of it.
public struct FindingFingerprint: Hashable, Sendable {
  /// 32 lower-case hexadecimal digits: the first half of a SHA-256.
  public let text: String

  /// The fingerprints of the findings of one package, in the order of the findings.
  /// - Parameters:
  ///   - path: the package's path, as it was opened.
  ///   - base: the folder that paths are relative to in the fingerprint, so that `/ci/web.ova` and
  ///     `web.ova` are one package to who works in `/ci`.
  public static func all(
    of findings: [Finding], inPackage path: String, base: BasePath
  ) -> [FindingFingerprint] {
    var seen: [ExactName: Int] = [:]
    return findings.map { finding in
      let file = base.relative(fullPath(of: finding.place.file, inPackage: path))
      let key = [finding.rule, file, StableText.of(finding.message)].joined(separator: "\0")
      let number = seen[ExactName(key), default: 0]
      seen[ExactName(key)] = number + 1
      return FindingFingerprint(key: "\(key)\0\(number)")
    }
  }

  private init(key: String) {
    text = String(DigestValue.of(Array("ova finding 1\0\(key)".utf8), .sha256).hex.prefix(32))
  }

  /// Wraps digits that were read from a file; nil when they are not 32 hexadecimal digits.
  public init?(_ text: String) {
    guard text.utf8.count == 32, text.utf8.allSatisfy({ Hex.value($0) != nil }) else { return nil }
    self.text = text.lowercased()
  }

  /// The path of a place's file: places of what is missing are named from the package's folder.
  static func fullPath(of file: String, inPackage path: String) -> String {
    let slash = UInt8(ascii: "/")
    let inside = path.utf8.last == slash ? path : path + "/"
    if file.isExactly(path) || file.utf8.starts(with: inside.utf8) { return file }
    guard let end = path.utf8.lastIndex(of: slash) else { return file }
    let folder = path[...end]
    let isWhole = file.utf8.first == slash || file.utf8.starts(with: folder.utf8)
    return isWhole ? file : folder + file
  }
}

/// Messages without the numbers that change when a package is edited or built again.
enum StableText {
  /// The text with a `#` for numbers of lines, bytes, columns and days, for numbers of five digits
  /// and more, and for hexadecimal numbers of eight and more.
  static func of(_ text: String) -> String {
    var words: [Substring] = []
    var rest = text[...]
    // Letters and digits by turns with what separates them.
    while let first = rest.first {
      let isWord = isPartOfWord(first)
      let word = rest.prefix { isPartOfWord($0) == isWord }
      words.append(word)
      rest = rest[word.endIndex...]
    }
    var result = ""
    for (index, word) in words.enumerated() {
      let before = index >= 2 ? words[index - 2] : ""
      let after = index + 2 < words.count ? words[index + 2] : ""
      result += varies(word, before: before, after: after) ? "#" : word
    }
    return result
  }

  private static func isPartOfWord(_ character: Character) -> Bool {
    character.isASCII && (character.isLetter || character.isNumber)
  }

  private static func varies(_ word: Substring, before: Substring, after: Substring) -> Bool {
    guard word.utf8.contains(where: { (0x30...0x39).contains($0) }) else { return false }
    let isDecimal = word.utf8.allSatisfy { (0x30...0x39).contains($0) }
    if isDecimal {
      return word.utf8.count >= 5 || positions.contains(before) || quantities.contains(after)
    }
    return word.utf8.count >= 8 && word.utf8.allSatisfy { Hex.value($0) != nil }
  }

  private static let positions: Set<Substring> = [
    "line", "lines", "column", "byte", "offset", "position",
  ]
  private static let quantities: Set<Substring> = ["byte", "bytes", "day", "days"]
}

import OVABasics

/// The parts of a listing that takes several lines for a file: PowerShell's `Get-FileHash`, as a
/// table or a list, and `certutil -hashfile`.
struct HashListing {
  /// The results of reading a line.
  enum Taking {
    /// It belongs to a listing.
    case taken
    /// It ended an entry, which began at this line.
    case entry(ManifestLine, line: Int)
    /// It belongs to none.
    case other
  }

  /// The part of a listing that was begun and not ended.
  enum Rest {
    case entry(ManifestLine, line: Int)
    case unfinished(ArraySlice<UInt8>, line: Int)
  }

  /// True if a listing of PowerShell was seen.
  private(set) var isFound = false

  private enum Begun {
    /// The values of a list by their keys, and the key of the last.
    case list([Key: [UInt8]], last: Key)
    /// The first line of `certutil`.
    case announced(label: String, name: [UInt8])
  }

  private enum Key: String {
    case algorithm, hash, path
  }

  private var begun: (part: Begun, text: ArraySlice<UInt8>, line: Int)?

  mutating func take(_ text: ArraySlice<UInt8>, line: Int) -> Taking {
    if case .announced(let label, let name)? = begun?.part, let digest = DigestText(text.trimmed),
      digest.digits.utf8.count >= DigestClaim.leastDigits
    {
      begun = nil
      let entry = ManifestLine(
        algorithmText: label, nameBytes: name,
        digestText: String(decoding: text.trimmed, as: UTF8.self), digits: digest.digits,
        form: .certutil, deviations: digest.deviations)
      return .entry(entry, line: line)
    }
    if text.starts(with: "CertUtil:".utf8) { return .taken }
    if isHead(text) || text.starts(with: "#TYPE ".utf8) {
      isFound = true
      return .taken
    }
    if let (key, value) = Self.property(text) { return take(key, value, text, line: line) }
    if case .list(var values, let last)? = begun?.part, text.prefix(while: isBlank).count >= 8 {
      // A value that is longer than a line goes on below its start.
      values[last, default: []] += text.trimmed
      begun?.part = .list(values, last: last)
      return .taken
    }
    if begun == nil, let announced = Self.announcement(text) {
      begun = (announced, text, line)
      return .taken
    }
    return .other
  }

  private mutating func take(
    _ key: Key, _ value: ArraySlice<UInt8>, _ text: ArraySlice<UInt8>, line: Int
  ) -> Taking {
    isFound = true
    if case .list(var values, _)? = begun?.part, values[key] == nil {
      values[key] = Array(value)
      begun?.part = .list(values, last: key)
      return .taken
    }
    let before = finish()
    begun = (.list([key: Array(value)], last: key), text, line)
    if case .entry(let entry, let line)? = before { return .entry(entry, line: line) }
    return .taken
  }

  /// Ends what was begun.
  mutating func finish() -> Rest? {
    guard let begun else { return nil }
    self.begun = nil
    guard case .list(let values, _) = begun.part, let hash = values[.hash],
      let path = values[.path], let digest = DigestText(hash[...])
    else { return .unfinished(begun.text, line: begun.line) }
    return .entry(
      ManifestLine(
        algorithmText: values[.algorithm].map { String(decoding: $0, as: UTF8.self) } ?? "",
        nameBytes: path, digestText: String(decoding: hash, as: UTF8.self), digits: digest.digits,
        form: .powerShell, deviations: digest.deviations), line: begun.line)
  }

  /// Returns whether a line is the head of a table, or the dashes below it.
  private func isHead(_ text: ArraySlice<UInt8>) -> Bool {
    let separators = Array(" \t,\"".utf8)
    let words = text.split { separators.contains($0) }.map {
      String(decoding: $0, as: UTF8.self).lowercased()
    }
    if isFound, words.allSatisfy({ $0.utf8.allSatisfy { $0 == UInt8(ascii: "-") } }) { return true }
    return words.count > 1 && words.contains("hash")
      && words.allSatisfy { Key(rawValue: $0) != nil }
  }

  /// `Hash      : 5A1C…`.
  private static func property(
    _ text: ArraySlice<UInt8>
  ) -> (key: Key, value: ArraySlice<UInt8>)? {
    guard let colon = text.firstIndex(of: UInt8(ascii: ":")),
      let key = Key(
        rawValue: String(decoding: text[..<colon].trimmed, as: UTF8.self).lowercased())
    else { return nil }
    return (key, text[(colon + 1)...].trimmed)
  }

  /// `SHA256 hash of web.ovf:`, in the words of some language.
  private static func announcement(_ text: ArraySlice<UInt8>) -> Begun? {
    let line = text.trimmed
    guard line.last == UInt8(ascii: ":"), line.count <= 1_024 else { return nil }
    let words = String(decoding: line.dropLast().trimmed, as: UTF8.self)
    let label = words.split { " -".contains($0) }.prefix(4).first { word in
      if case .algorithm = DigestLabel(String(word)) { return true }
      return false
    }
    guard let label else { return nil }
    let marks = [
      " of file ", " der Datei ", " du fichier ", " del archivo ", " of ", " von ", " de ", " di ",
      " ",
    ]
    for mark in marks {
      guard let range = words.firstRange(of: mark), range.upperBound < words.endIndex else {
        continue
      }
      let name = mark == " " ? words.split(separator: " ").last ?? "" : words[range.upperBound...]
      return .announced(label: String(label), name: Array(String(name).utf8))
    }
    return nil
  }
}

import OVABasics

/// One line of a manifest taken apart; the line's end and the file's start are its reader's.
struct ManifestLine {
  let algorithmText: String
  let nameBytes: [UInt8]
  let digestText: String
  let claim: DigestClaim
  let form: Manifest.Line
  let deviations: [Manifest.Deviation]

  /// The reason why a line has no digest, with the file's name where it is known.
  struct Refusal: Error {
    let kind: ManifestDiagnosticKind
    let fileName: String?

    init(_ kind: ManifestDiagnosticKind, fileName: String? = nil) {
      self.kind = kind
      self.fileName = fileName
    }
  }

  /// Reads a line.
  /// - Parameter inTable: whether the head of a PowerShell table stands above it.
  init(_ line: ArraySlice<UInt8>, inTable: Bool = false) throws(Refusal) {
    if let list = ChecksumLine(line) {
      self.init(
        algorithmText: "", nameBytes: list.nameBytes, digestText: list.digestText,
        digits: list.digestText.lowercased(),
        form: inTable ? .powerShell : list.isBinary ? .checksumBinary : .checksumText,
        deviations: [])
    } else if let parts = LabeledHex(line) {
      try self.init(parts)
    } else if let parts = LooseLine(line) {
      self.init(
        algorithmText: parts.algorithmText, nameBytes: parts.nameBytes,
        digestText: parts.digestText, digits: parts.digest.digits,
        form: inTable || parts.isCSV ? .powerShell : .other, deviations: parts.digest.deviations)
    } else {
      let isDigest = DigestText(line.trimmed).map { $0.digits.utf8.count >= 32 } ?? false
      throw Refusal(isDigest ? .nameMissing : .notAnEntry)
    }
  }

  private init(_ parts: LabeledHex) throws(Refusal) {
    guard !parts.name.isEmpty else { throw Refusal(.nameMissing) }
    let fileName = String(decoding: parts.name, as: UTF8.self)
    guard !parts.hex.isEmpty else { throw Refusal(.digestMissing, fileName: fileName) }
    guard let text = DigestText(parts.hex) else { throw Refusal(.digestNotHex, fileName: fileName) }
    self.init(
      algorithmText: String(decoding: parts.algorithm, as: UTF8.self),
      nameBytes: Array(parts.name), digestText: String(decoding: parts.hex, as: UTF8.self),
      digits: text.digits, form: .standard, deviations: parts.deviations + text.deviations,
      trailing: parts.trailing.isEmpty ? [] : [.trailingBlanks])
  }

  init(
    algorithmText: String, nameBytes: [UInt8], digestText: String, digits: String,
    form: Manifest.Line, deviations: [Manifest.Deviation], trailing: [Manifest.Deviation] = []
  ) {
    self.algorithmText = algorithmText
    self.nameBytes = nameBytes
    self.digestText = digestText
    self.form = form
    claim = DigestClaim(label: DigestLabel(algorithmText), digits: digits)
    self.deviations = deviations + (claim.hasWrongLength ? [.digestLength] : []) + trailing
  }
}

/// The shape `ALGORITHM(name)= hex` with the blanks between its parts, before any is judged.
///
/// A name may hold parentheses and equals signs, so its end is the last `)` with `=` behind.
struct LabeledHex {
  let leading: ArraySlice<UInt8>
  /// Empty where nothing stands before the parenthesis.
  let algorithm: ArraySlice<UInt8>
  let beforeParenthesis: ArraySlice<UInt8>
  let name: ArraySlice<UInt8>
  let beforeEquals: ArraySlice<UInt8>
  let afterEquals: ArraySlice<UInt8>
  /// Everything behind up to the trailing blanks, hexadecimal or not.
  let hex: ArraySlice<UInt8>
  let trailing: ArraySlice<UInt8>

  /// Reads a line; nil when it has another shape.
  init?(_ line: ArraySlice<UInt8>) {
    leading = line.prefix(while: isBlank)
    var rest = line[leading.endIndex...]
    algorithm = rest.prefix(while: isAlgorithmCharacter)
    rest = rest[algorithm.endIndex...]
    beforeParenthesis = rest.prefix(while: isBlank)
    rest = rest[beforeParenthesis.endIndex...]
    guard rest.popFirst() == UInt8(ascii: "("), let end = LabeledHex.nameEnd(in: rest) else {
      return nil
    }
    name = rest[..<end.parenthesis]
    beforeEquals = rest[..<end.equals].dropFirst(name.count + 1)
    rest = rest[end.equals...].dropFirst()
    afterEquals = rest.prefix(while: isBlank)
    rest = rest[afterEquals.endIndex...]
    trailing = rest.suffix { isBlank($0) }
    hex = rest[..<trailing.startIndex]
  }

  /// The last `)` that only blanks part from a `=`, and that `=`.
  private static func nameEnd(
    in text: ArraySlice<UInt8>
  ) -> (parenthesis: ArraySlice<UInt8>.Index, equals: ArraySlice<UInt8>.Index)? {
    var before = text
    while let equals = before.lastIndex(of: UInt8(ascii: "=")) {
      before = text[..<equals]
      let blanks = before.suffix { isBlank($0) }
      if text[..<blanks.startIndex].last == UInt8(ascii: ")") {
        return (text.index(before: blanks.startIndex), equals)
      }
    }
    return nil
  }

  /// Everything before the digest in which the parts differ from the strict grammar.
  var deviations: [Manifest.Deviation] {
    var result: [Manifest.Deviation] = []
    let written = String(decoding: algorithm, as: UTF8.self)
    let upper = written.uppercased()
    if !leading.isEmpty { result.append(.leadingBlanks) }
    if algorithm.isEmpty { result.append(.algorithmMissing) }
    if case .algorithm(let known) = DigestLabel(written), upper != known.name {
      result.append(.algorithmAlias)
    }
    if upper != written, case .algorithm = DigestLabel(written) { result.append(.algorithmCase) }
    if !beforeParenthesis.isEmpty { result.append(.blankBeforeParenthesis) }
    if String(validating: name, as: UTF8.self) == nil { result.append(.nameNotUTF8) }
    if !beforeEquals.isEmpty { result.append(.blankBeforeEquals) }
    if afterEquals.isEmpty {
      result.append(.noBlankAfterEquals)
    } else if Array(afterEquals) != [UInt8(ascii: " ")] {
      result.append(.blanksAfterEquals)
    }
    return result
  }
}

extension ArraySlice<UInt8> {
  /// The longest end whose bytes all satisfy `predicate`.
  fileprivate func suffix(while predicate: (UInt8) -> Bool) -> ArraySlice<UInt8> {
    guard let last = lastIndex(where: { !predicate($0) }) else { return self }
    return self[index(after: last)...]
  }
}

private func isAlgorithmCharacter(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
    UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "/"):
    true
  default: false
  }
}

/// One line of a manifest taken apart; the line's end and the file's start are its reader's.
struct ManifestLine {
  let algorithmText: String
  let nameBytes: [UInt8]
  let digestText: String
  let digest: Digest
  let form: Manifest.Line
  let deviations: [Manifest.Deviation]

  /// Why a line gives no digest, with the file's name where it can be told.
  struct Refusal: Error {
    let kind: Manifest.Fault.Kind
    let fileName: String?

    init(_ kind: Manifest.Fault.Kind, fileName: String? = nil) {
      self.kind = kind
      self.fileName = fileName
    }
  }

  init(_ line: ArraySlice<UInt8>) throws(Refusal) {
    if let list = try ChecksumLine(line) {
      algorithmText = ""
      nameBytes = list.nameBytes
      digestText = list.digestText
      digest = list.digest
      form = list.isBinary ? .checksumBinary : .checksumText
      deviations = []
      return
    }
    let parts = try LabelledHex(line)
    guard !parts.name.isEmpty else { throw Refusal(.nameMissing) }
    let fileName = String(decoding: parts.name, as: UTF8.self)
    let written = String(decoding: parts.algorithm, as: UTF8.self)
    guard let algorithm = DigestAlgorithm(spelled: written) else {
      throw Refusal(.unknownAlgorithm(written), fileName: fileName)
    }
    guard !parts.hex.isEmpty else { throw Refusal(.digestMissing, fileName: fileName) }
    guard parts.hex.allSatisfy({ Hex.value($0) != nil }) else {
      throw Refusal(.digestNotHex, fileName: fileName)
    }
    guard let bytes = Hex.bytes(parts.hex), let read = Digest(algorithm, bytes: bytes) else {
      throw Refusal(
        .digestLength(expected: algorithm.hexCount, actual: parts.hex.count), fileName: fileName)
    }
    algorithmText = written
    nameBytes = Array(parts.name)
    digestText = String(decoding: parts.hex, as: UTF8.self)
    digest = read
    form = .standard
    deviations = parts.deviations(from: algorithm)
  }
}

/// The shape `ALGORITHM(name)= hex` with the blanks between its parts, before any is judged.
///
/// A name may hold parentheses and equals signs, so its end is the last `)` with `=` behind.
struct LabelledHex {
  let leading: ArraySlice<UInt8>
  let algorithm: ArraySlice<UInt8>
  let beforeParenthesis: ArraySlice<UInt8>
  let name: ArraySlice<UInt8>
  let beforeEquals: ArraySlice<UInt8>
  let afterEquals: ArraySlice<UInt8>
  /// Everything behind up to the trailing blanks, hexadecimal or not.
  let hex: ArraySlice<UInt8>
  let trailing: ArraySlice<UInt8>

  init(_ line: ArraySlice<UInt8>) throws(ManifestLine.Refusal) {
    leading = line.prefix(while: isBlank)
    var rest = line[leading.endIndex...]
    algorithm = rest.prefix(while: isAlgorithmCharacter)
    rest = rest[algorithm.endIndex...]
    beforeParenthesis = rest.prefix(while: isBlank)
    rest = rest[beforeParenthesis.endIndex...]
    guard !algorithm.isEmpty, rest.popFirst() == UInt8(ascii: "(") else {
      throw ManifestLine.Refusal(.notAnEntry)
    }
    guard let end = LabelledHex.nameEnd(in: rest) else {
      throw ManifestLine.Refusal(.notAnEntry)
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

  /// Everything in which the parts differ from the strict grammar.
  func deviations(from known: DigestAlgorithm) -> [Manifest.Deviation] {
    var result: [Manifest.Deviation] = []
    let written = String(decoding: algorithm, as: UTF8.self)
    let upper = written.uppercased()
    let space = [UInt8(ascii: " ")]
    if !leading.isEmpty { result.append(.leadingBlanks) }
    if upper != known.name { result.append(.algorithmAlias) }
    if upper != written { result.append(.algorithmCase) }
    if !beforeParenthesis.isEmpty { result.append(.blankBeforeParenthesis) }
    if String(validating: name, as: UTF8.self) == nil { result.append(.nameNotUTF8) }
    if !beforeEquals.isEmpty { result.append(.blankBeforeEquals) }
    if afterEquals.isEmpty {
      result.append(.noBlankAfterEquals)
    } else if Array(afterEquals) != space {
      result.append(.blanksAfterEquals)
    }
    if hex.contains(where: { (0x41...0x46).contains($0) }) { result.append(.upperCaseDigest) }
    if !trailing.isEmpty { result.append(.trailingBlanks) }
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

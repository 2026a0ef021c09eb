public import OVABasics

extension CertificateFile {
  /// Reads a certificate file. Content never fails: what cannot be read becomes diagnostics.
  /// - Parameters:
  ///   - bytes: the file as stored.
  ///   - name: the file's name, for places.
  ///   - limits: `certificateBytes` and `manifestLineBytes` are kept.
  public static func read(
    _ bytes: [UInt8], name: String, limits: Limits = Limits()
  ) -> CertificateFile {
    var reader = CertificateFileReader(name: name, limits: limits)
    reader.read(bytes)
    return reader.result
  }
}

private struct CertificateFileReader {
  let name: String
  let limits: Limits
  var signature: CertificateFile.SignatureLine?
  var certificates: [CertificateFile.EmbeddedCertificate] = []
  var messages: [CertificateFile.EmbeddedMessage] = []
  var diagnostics: [CertificateDiagnostic] = []

  var result: CertificateFile {
    CertificateFile(
      name: name, signature: signature, certificates: certificates, messages: messages,
      diagnostics: diagnostics)
  }

  mutating func read(_ bytes: [UInt8]) {
    guard UInt64(bytes.count) <= limits.certificateBytes else {
      return add(.tooLarge(limit: limits.certificateBytes))
    }
    let (encoding, mark) = Manifest.Encoding.of(bytes)
    let text = encoding.utf8(bytes.dropFirst(mark))
    var lines = TextLines(text)
    var next = lines.next()
    while let line = next, line.text.allSatisfy(isBlank) { next = lines.next() }
    guard let first = next else { return add(.empty) }
    readSignature(first, following: lines, encoding)
    let blocks = PEMBlock.all(in: text)
    for block in blocks.prefix(CertificateFile.blocksKept) { read(block) }
    if blocks.count > CertificateFile.blocksKept {
      add(
        .tooManyBlocks(limit: CertificateFile.blocksKept),
        line: blocks[CertificateFile.blocksKept].line)
    }
    let isUnreadable = diagnostics.contains { diagnostic in
      switch diagnostic.kind {
      case .certificateUnreadable, .unterminatedBlock, .blockNotBase64: true
      default: false
      }
    }
    if certificates.isEmpty, !isUnreadable { add(.certificateMissing) }
  }

  private mutating func readSignature(
    _ line: TextLines.Line, following: TextLines, _ encoding: Manifest.Encoding
  ) {
    guard line.text.count <= limits.manifestLineBytes else {
      return add(.signatureTooLong(limit: limits.manifestLineBytes), line: line.number)
    }
    guard !line.text.contains(0), let parts = LabeledHex(line.text), !parts.algorithm.isEmpty
    else {
      let reversed = line.text.contains(0) ? nil : ChecksumLine(line.text)
      return add(
        reversed.map { .signatureBeforeName(String(decoding: $0.nameBytes, as: UTF8.self)) }
          ?? .signatureMissing, line: line.number)
    }
    let written = String(decoding: parts.algorithm, as: UTF8.self)
    guard let label = SignatureLabel(written) else {
      return add(.unknownAlgorithm(written), line: line.number)
    }
    var found: Set<Manifest.Deviation> = []
    guard var digits = DigestText.groups(parts.hex, &found) else {
      return add(.signatureNotHex, line: line.number)
    }
    for more in following {
      guard digits.utf8.count < limits.manifestLineBytes,
        let further = DigestText.groups(more.text.trimmed, &found)
      else { break }
      digits += further
      found.insert(.wrappedDigits)
    }
    guard let bytes = Hex.bytes(digits.utf8) else {
      return add(.signatureOddDigits(digits.utf8.count), line: line.number)
    }
    var deviations = parts.deviations
    if written.uppercased() != label.algorithm.name {
      // The label of PSS is right: the signature is of that kind.
      if label.namesKey, !label.isPSS {
        deviations.append(.keyInLabel)
      } else if !label.isPSS, !deviations.contains(.algorithmAlias) {
        deviations.append(.algorithmAlias)
      }
    }
    if parts.hex.contains(where: { (0x41...0x46).contains($0) }) { found.insert(.upperCaseDigest) }
    if !parts.trailing.isEmpty { found.insert(.trailingBlanks) }
    if encoding == .utf8WithMark { found.insert(.byteOrderMark) }
    if encoding.isUTF16 { found.insert(.utf16) }
    if line.end == .carriageReturnLineFeed { found.insert(.carriageReturnLineFeed) }
    if line.end == .carriageReturn { found.insert(.carriageReturn) }
    found.formUnion(deviations)
    signature = CertificateFile.SignatureLine(
      algorithmText: written, algorithm: label.algorithm,
      manifestName: String(decoding: parts.name, as: UTF8.self), bytes: bytes,
      isPSS: label.isPSS,
      start: String(decoding: line.text[..<parts.hex.startIndex], as: UTF8.self),
      deviations: Manifest.Deviation.allCases.filter(found.contains),
      place: Place(name, line: line.number))
  }

  private mutating func read(_ block: PEMBlock) {
    guard !block.label.hasSuffix("PRIVATE KEY") else {
      return add(.privateKeyIncluded, line: block.line)
    }
    guard block.isTerminated else {
      return add(.unterminatedBlock(label: block.label), line: block.line)
    }
    let place = Place(name, line: block.line)
    switch block.label {
    case "CERTIFICATE", "X509 CERTIFICATE", "TRUSTED CERTIFICATE":
      guard let bytes = block.bytes else {
        return add(.blockNotBase64(label: block.label), line: block.line)
      }
      do {
        let facts = try CertificateDER(bytes).facts
        certificates.append(.init(facts: facts, der: bytes, place: place))
      } catch {
        add(.certificateUnreadable(reason: String(wordsOf: error)), line: block.line)
      }
    case "CMS", "PKCS7", "PKCS #7 SIGNED DATA":
      guard let bytes = block.bytes else {
        return add(.blockNotBase64(label: block.label), line: block.line)
      }
      messages.append(.init(ber: bytes, place: place))
    default: break
    }
  }

  private mutating func add(_ kind: CertificateDiagnosticKind, line: Int? = nil) {
    diagnostics.append(CertificateDiagnostic(kind, at: Place(name, line: line)))
  }
}

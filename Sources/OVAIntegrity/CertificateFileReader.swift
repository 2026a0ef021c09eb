public import OVABasics

extension CertificateFile {
  /// Reads a certificate file. Content never fails: what cannot be read becomes faults.
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
  var faults: [CertificateFile.Fault] = []

  var result: CertificateFile {
    CertificateFile(
      name: name, signature: signature, certificates: certificates, messages: messages,
      faults: faults)
  }

  mutating func read(_ bytes: [UInt8]) {
    guard UInt64(bytes.count) <= limits.certificateBytes else {
      return add(.tooLarge(limit: limits.certificateBytes))
    }
    let hasMark = bytes.starts(with: [0xEF, 0xBB, 0xBF])
    let text = hasMark ? bytes[3...] : bytes[...]
    guard let first = TextLines(text).first(where: { !$0.text.allSatisfy(isBlank) }) else {
      return add(.empty)
    }
    readSignature(first, afterMark: hasMark)
    let blocks = PEMBlock.all(in: text)
    for block in blocks.prefix(CertificateFile.blocksKept) { read(block) }
    if blocks.count > CertificateFile.blocksKept {
      add(
        .tooManyBlocks(limit: CertificateFile.blocksKept),
        line: blocks[CertificateFile.blocksKept].line)
    }
    let isUnreadable = faults.contains { fault in
      switch fault.kind {
      case .certificateUnreadable, .unterminatedBlock, .blockNotBase64: true
      default: false
      }
    }
    if certificates.isEmpty, !isUnreadable { add(.certificateMissing) }
  }

  private mutating func readSignature(_ line: TextLines.Line, afterMark: Bool) {
    guard line.text.count <= limits.manifestLineBytes else {
      return add(.signatureTooLong(limit: limits.manifestLineBytes), line: line.number)
    }
    guard !line.text.contains(0), let parts = try? LabelledHex(line.text) else {
      return add(.signatureMissing, line: line.number)
    }
    let written = String(decoding: parts.algorithm, as: UTF8.self)
    guard let algorithm = DigestAlgorithm(spelled: written) else {
      return add(.unknownAlgorithm(written), line: line.number)
    }
    guard !parts.hex.isEmpty, parts.hex.allSatisfy({ Hex.value($0) != nil }) else {
      return add(.signatureNotHex, line: line.number)
    }
    guard let bytes = Hex.bytes(parts.hex) else {
      return add(.signatureOddDigits(parts.hex.count), line: line.number)
    }
    var deviations = parts.deviations(from: algorithm)
    if afterMark { deviations.insert(.byteOrderMark, at: 0) }
    if line.end == .carriageReturnLineFeed { deviations.append(.carriageReturnLineFeed) }
    if line.end == .carriageReturn { deviations.append(.carriageReturn) }
    signature = CertificateFile.SignatureLine(
      algorithmText: written, algorithm: algorithm,
      manifestName: String(decoding: parts.name, as: UTF8.self), bytes: bytes,
      deviations: deviations, place: Place(name, line: line.number))
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

  private mutating func add(_ kind: CertificateFile.Fault.Kind, line: Int? = nil) {
    faults.append(CertificateFile.Fault(kind: kind, place: Place(name, line: line)))
  }
}

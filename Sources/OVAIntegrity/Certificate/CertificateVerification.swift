extension CertificateFile {
  /// Checks the signature over the manifest and everything about its signer.
  /// - Parameters:
  ///   - manifestBytes: the manifest as stored.
  ///   - manifestName: the manifest's file name, which the signature line must carry.
  ///   - trust: whom to trust to vouch for the signer.
  ///   - date: the moment to judge dates at, in seconds since 1970.
  ///   - soonDays: how many days before its end a certificate counts as expiring soon.
  public func verify(
    manifestBytes: [UInt8], manifestName: String, trust: TrustRoots, at date: Int64,
    soonDays: Int = 30
  ) async -> SignatureReport {
    let signer = certificates.first
    let writtenName = signature?.manifestName
    let isSameName = writtenName.map { $0.utf8.elementsEqual(manifestName.utf8) } ?? true
    var trustState: TrustState?
    if let signer {
      trustState = await trust.trust(signer, beside: Array(certificates.dropFirst()), at: date)
    }
    let state = signatureState(over: manifestBytes)
    return SignatureReport(
      signature: state, misplacedSigner: state.isRefuted ? misplacedSigner(manifestBytes) : nil,
      wrongManifestName: isSameName ? nil : writtenName,
      signer: signer?.facts,
      validity: signer?.facts.validity(at: date, soonDays: soonDays),
      trust: trustState,
      algorithm: signature?.algorithm,
      messages: messages.map {
        SignedMessage.state(of: $0, over: manifestBytes, others: certificates.map(\.der))
      })
  }

  /// The certificate behind the first whose key made the signature.
  private func misplacedSigner(_ bytes: [UInt8]) -> SignatureReport.MisplacedSigner? {
    guard let signature else { return nil }
    for (index, certificate) in certificates.enumerated().dropFirst() {
      guard let key = try? CertificateDER(certificate.der).key,
        key.verify(signature.bytes, over: bytes, signature.algorithm) == true
      else { continue }
      return .init(number: index + 1, certificate: certificate)
    }
    return nil
  }

  private func signatureState(over bytes: [UInt8]) -> SignatureState {
    guard let signature else { return .unreadable }
    guard let signer = certificates.first, let key = try? CertificateDER(signer.der).key else {
      return .noCertificate
    }
    if signature.isPSS { return .unsupportedKey(.other("RSA-PSS")) }
    guard let isValid = key.verify(signature.bytes, over: bytes, signature.algorithm) else {
      return .unsupportedKey(key.kind)
    }
    if !isValid, case .rsa(let bits) = key.kind, signature.bytes.count != (bits + 7) / 8 {
      return .wrongLength(expected: (bits + 7) / 8, actual: signature.bytes.count)
    }
    // Padded by PSS, which the label of an ordinary RSA key does not say.
    if !isValid, key.verifyPSS(signature.bytes, over: bytes, signature.algorithm) {
      return .unsupportedKey(.other("RSA-PSS"))
    }
    return isValid ? .valid : .invalid
  }
}

extension SignatureState {
  /// True if the first certificate's key did not make the signature.
  fileprivate var isRefuted: Bool {
    switch self {
    case .invalid, .wrongLength, .unsupportedKey: true
    case .valid, .unreadable, .noCertificate: false
    }
  }
}

import OVABasics
import OVAIntegrity
import Testing

private func read(_ text: String, limits: Limits = Limits()) -> CertificateFile {
  CertificateFile.read(Array(text.utf8), name: "a.cert", limits: limits)
}

private func certificate() throws -> String {
  let authority = try Authority()
  try authority.key("signer", "EC:P-256")
  try authority.certificate("signer")
  return try authority.folder.text("signer.pem")
}

@Suite struct CertificateFileTests {
  @Test func deviationsOfTheSignatureLineAreNamed() throws {
    let file = read("sha2-256 (a b.mf) = AB12 \r\n" + (try certificate()))
    #expect(file.signature?.manifestName == "a b.mf")
    #expect(file.signature?.bytes == [0xAB, 0x12])
    #expect(file.signature?.algorithm == .sha256)
    #expect(
      file.signature?.deviations == [
        .algorithmAlias, .algorithmCase, .blankBeforeParenthesis, .blankBeforeEquals,
        .upperCaseDigest, .trailingBlanks, .carriageReturnLineFeed,
      ])
    #expect(file.diagnostics.isEmpty)
  }

  @Test func textBetweenBlocksAndCarriageReturnsDoNotMatter() throws {
    let pem = try certificate()
    let text = "SHA1(a.mf)= 00\nBag Attributes\n  x: y\n\(pem)\nsubject=CN = z\n\(pem)"
    let file = read(text.replacing("\n", with: "\r\n"))
    #expect(file.certificates.count == 2)
    #expect(file.certificates.map(\.place.line) == [4, 4 + 3 + pem.count { $0 == "\n" } - 1])
    #expect(file.diagnostics.isEmpty)
  }

  @Test(arguments: [
    ("", [CertificateDiagnosticKind.empty]), (" \n\n", [.empty]),
    ("hello\n", [.signatureMissing, .certificateMissing]),
    (
      "\(String(repeating: "0f", count: 256)) *a.mf\n",
      [.signatureBeforeName("a.mf"), .certificateMissing]
    ),
    ("SHA1(a.mf)= 123\n", [.signatureOddDigits(3), .certificateMissing]),
    ("SHA1(a.mf)= xy\n", [.signatureNotHex, .certificateMissing]),
    ("SHA1(a.mf)=\n", [.signatureNotHex, .certificateMissing]),
    ("MD5(a.mf)= 00\n", [.unknownAlgorithm("MD5"), .certificateMissing]),
    ("SHA1(a.mf)= 00\n", [.certificateMissing]),
    (
      "SHA1(a.mf)= 00\n-----BEGIN CERTIFICATE-----\nAAAA\n",
      [.unterminatedBlock(label: "CERTIFICATE")]
    ),
    (
      "SHA1(a.mf)= 00\n-----BEGIN CERTIFICATE-----\n!!\n-----END CERTIFICATE-----\n",
      [.blockNotBase64(label: "CERTIFICATE")]
    ),
    (
      "SHA1(a.mf)= 00\n-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
      [.privateKeyIncluded, .certificateMissing]
    ),
  ])
  func whatIsMissingOrBrokenIsNamed(text: String, diagnostics: [CertificateDiagnosticKind]) {
    #expect(read(text).diagnostics.map(\.kind) == diagnostics)
  }

  @Test func aFileWithoutSignatureLineStillGivesItsCertificates() async throws {
    let file = read(try certificate())
    #expect(file.diagnostics.map(\.kind) == [.signatureMissing])
    #expect(file.certificates.count == 1)
    let report = await file.verify(
      manifestBytes: [], manifestName: "a.mf", trust: .nobody, at: Authority.date)
    #expect(report.signature == .unreadable)
    #expect(report.signer?.subject == "CN=signer")
  }

  @Test func aFileWithoutCertificateHasNoSigner() async {
    let report = await read("SHA1(a.mf)= 00\n").verify(
      manifestBytes: [], manifestName: "a.mf", trust: .nobody, at: Authority.date)
    #expect(report.signature == .noCertificate)
    #expect(report.signer == nil)
    #expect(report.trust == nil)
    #expect(report.validity == nil)
  }

  @Test func megabytesOfBlocksAreBounded() throws {
    let pem = try certificate()
    let count = 900_000 / pem.utf8.count
    let file = read("SHA1(a.mf)= 00\n" + String(repeating: pem, count: count))
    #expect(file.certificates.count == CertificateFile.blocksKept)
    #expect(file.diagnostics.map(\.kind) == [.tooManyBlocks(limit: CertificateFile.blocksKept)])
  }

  @Test func aFileOrLineBeyondItsLimitIsNotRead() throws {
    let long = String(repeating: "A", count: 5 << 20)
    #expect(read(long).diagnostics.map(\.kind) == [.tooLarge(limit: Limits().certificateBytes)])
    let line = "SHA1(a.mf)= \(String(repeating: "0", count: 20_000))\n" + (try certificate())
    #expect(read(line).diagnostics.map(\.kind) == [.signatureTooLong(limit: 16_384)])
  }

  @Test func aBlockOfNearlyAMegabyteIsReadWithoutHarm() {
    let body = String(repeating: String(repeating: "MIIB", count: 16) + "\n", count: 15_000)
    let file = read("SHA1(a)= 00\n-----BEGIN CERTIFICATE-----\n\(body)-----END CERTIFICATE-----\n")
    #expect(file.certificates.isEmpty)
    guard case .certificateUnreadable(let reason) = file.diagnostics.first?.kind else {
      Issue.record("readable")
      return
    }
    #expect(!reason.contains(".swift"))
    #expect(!reason.isEmpty)
  }

  @Test func damagedBytesOfACertificateNeverCrash() throws {
    let authority = try Authority()
    try authority.key("signer", "RSA:2048")
    try authority.certificate("signer")
    try authority.openssl(["x509", "-in", "signer.pem", "-outform", "DER", "-out", "der"])
    let der = try authority.folder.read("der")
    var readable = 0
    for index in der.indices {
      for value in [0x00, 0xFF, der[index] ^ 0x20] as [UInt8] {
        var broken = der
        broken[index] = value
        let base64 = Base64.text(broken)
        let file = read(
          "SHA1(a)= 00\n-----BEGIN CERTIFICATE-----\n\(base64)\n-----END CERTIFICATE-----\n")
        readable += file.certificates.count
      }
    }
    #expect(readable > 0)
    #expect(readable < der.count * 3)
  }
}

@Suite struct SignedMessageTests {
  private let authority: Authority
  private let manifest = "SHA1(a.ovf)= \(String(repeating: "1f", count: 20))\n"

  init() throws { authority = try Authority() }

  private func states(_ blocks: String, over bytes: String) async -> [MessageState] {
    let report = await read("SHA1(a.mf)= 00\n" + blocks).verify(
      manifestBytes: Array(bytes.utf8), manifestName: "a.mf", trust: .nobody, at: Authority.date)
    return report.messages
  }

  private func signer(_ kind: String) throws -> CertificateFacts? {
    try authority.key("signer", kind)
    try authority.certificate("signer")
    return read("SHA1(a)= 00\n" + (try authority.folder.text("signer.pem"))).certificates.first?
      .facts
  }

  @Test(
    arguments: ["RSA:2048", "EC:P-256", "EC:P-521"],
    [
      [], ["-md", "sha1"], ["-md", "sha512"], ["-noattr"], ["-keyid"], ["-nodetach"],
      ["-nodetach", "-stream"],
    ])
  func aMessageOfOpenSSLIsVerified(kind: String, options: [String]) async throws {
    let facts = try #require(try signer(kind))
    let message = try authority.message(manifest, by: "signer", options: options)
    #expect(await states(message, over: manifest) == [.verified(signer: facts)])
    #expect(await states(message, over: manifest + "x") != [.verified(signer: facts)])
  }

  @Test func theCertificateOfTheFileServesAMessageWithoutOne() async throws {
    let facts = try #require(try signer("RSA:2048"))
    let message = try authority.message(manifest, by: "signer", options: ["-nocerts"])
    let pem = try authority.folder.text("signer.pem")
    #expect(await states(message, over: manifest) == [.signerMissing])
    #expect(await states(pem + message, over: manifest) == [.verified(signer: facts)])
  }

  @Test func aMessageOverOtherBytesIsTold() async throws {
    _ = try signer("RSA:2048")
    let message = try authority.message(manifest, by: "signer")
    #expect(await states(message, over: "other") == [.contentDiffers])
  }

  @Test func aMessageWithAnotherKeysSignatureIsInvalid() async throws {
    let facts = try #require(try signer("RSA:2048"))
    let message = try authority.message(manifest, by: "signer", options: ["-noattr"])
    #expect(await states(message, over: "other") == [.signatureInvalid(signer: facts)])
  }

  @Test func theOlderLabelIsRead() async throws {
    let facts = try #require(try signer("RSA:2048"))
    let message = try authority.message(manifest, by: "signer").replacing(" CMS", with: " PKCS7")
    #expect(await states(message, over: manifest) == [.verified(signer: facts)])
  }

  @Test func aMessageWithPSSIsUnsupportedAndNotInvalid() async throws {
    _ = try signer("RSA:2048")
    let message = try authority.message(
      manifest, by: "signer", options: ["-keyopt", "rsa_padding_mode:pss"])
    #expect(
      await states(message, over: manifest)
        == [.unsupported(reason: "signature algorithm RSASSA-PSS")])
  }

  @Test func aBlockThatIsNoMessageIsUnreadable() async {
    let block = "-----BEGIN CMS-----\nAAAA\n-----END CMS-----\n"
    guard case .unreadable = await states(block, over: "").first else {
      Issue.record("readable")
      return
    }
  }

  @Test func damagedBytesOfAMessageNeverCrashAndNeverVerifyOtherBytes() async throws {
    _ = try signer("EC:P-256")
    _ = try authority.message(manifest, by: "signer")
    try authority.openssl([
      "cms", "-cmsout", "-inform", "PEM", "-in", "message", "-outform", "DER",
      "-out", "der",
    ])
    let der = try authority.folder.read("der")
    for index in der.indices {
      var broken = der
      broken[index] ^= 0xFF
      let block = "-----BEGIN CMS-----\n\(Base64.text(broken))\n-----END CMS-----\n"
      for state in await states(block, over: "other") {
        if case .verified = state { Issue.record("byte \(index) verified other bytes") }
      }
    }
  }
}

import Foundation
import OVABasics
import OVAIntegrity
import Testing

let manifest = "SHA256(a.ovf)= \(String(repeating: "2e", count: 32))\n"

let systemBundle = "/etc/ssl/certs/ca-certificates.crt"

func report(
  _ text: String, over bytes: String = manifest, name: String = "a.mf",
  trust: TrustRoots = .nobody, at date: Int64 = Authority.date
) async -> SignatureReport {
  await CertificateFile.read(Array(text.utf8), name: "a.cert").verify(
    manifestBytes: Array(bytes.utf8), manifestName: name, trust: trust, at: date)
}

@Suite struct SignatureTests {
  @Test(arguments: [
    ("RSA:2048", "sha1", CertificateFacts.Key.rsa(bits: 2048)),
    ("RSA:2048", "sha256", .rsa(bits: 2048)), ("RSA:2048", "sha384", .rsa(bits: 2048)),
    ("RSA:4096", "sha512", .rsa(bits: 4096)),
    ("EC:P-256", "sha1", .ecdsa(curve: "P-256", bits: 256)),
    ("EC:P-256", "sha256", .ecdsa(curve: "P-256", bits: 256)),
    ("EC:P-384", "sha256", .ecdsa(curve: "P-384", bits: 384)),
    ("EC:P-521", "sha512", .ecdsa(curve: "P-521", bits: 521)),
  ])
  func aSignatureOfOpenSSLIsValid(
    kind: String, digest: String, key: CertificateFacts.Key
  ) async throws {
    let authority = try Authority()
    try authority.key("signer", kind)
    try authority.certificate("signer")
    let report = await report(try authority.signed(manifest, by: "signer", digest: digest))
    #expect(report.signature == .valid)
    #expect(report.signer?.key == key)
    #expect(report.signer?.subject == "CN=signer")
    #expect(report.signer?.issuer == "CN=signer")
    #expect(report.signer?.serial == "1000")
    #expect(report.signer?.notBefore == 1_767_225_600)
    #expect(report.signer?.notAfter == 1_798_761_600)
    #expect(report.signer?.isSelfSigned == true)
    #expect(report.trust == .selfSigned)
    #expect(report.validity == .valid(days: 184))
    #expect(report.hasWeakDigest == (digest == "sha1"))
    #expect(!report.hasWeakKey)
    #expect(report.wrongManifestName == nil)
  }

  @Test(arguments: ["RSA:2048", "RSA:4096", "EC:P-256", "EC:P-384", "EC:P-521"])
  func openSSLAcceptsOurSignatureInEveryAlgorithm(kind: String) async throws {
    let authority = try Authority()
    try authority.key("signer", kind)
    try authority.certificate("signer")
    try authority.folder.write("a.mf", manifest)
    try authority.openssl(["x509", "-in", "signer.pem", "-noout", "-pubkey", "-out", "public"])
    for algorithm in DigestAlgorithm.ofManifests {
      let text = try CertificateFile.sign(
        manifestBytes: Array(manifest.utf8), manifestName: "a.mf",
        keyPEM: try authority.folder.read("signer.key"),
        certificatePEM: try authority.folder.read("signer.pem"), algorithm: algorithm)
      let file = CertificateFile.read(Array(text.utf8), name: "a.cert")
      #expect(file.diagnostics.isEmpty)
      #expect(file.signature?.deviations == [])
      try authority.folder.write("signature", file.signature?.bytes ?? [])
      let answer = try authority.openssl([
        "dgst", "-\(algorithm.name.lowercased())", "-verify", "public", "-signature", "signature",
        "a.mf",
      ])
      #expect(answer.text.contains("Verified OK"))
      #expect(await report(text).signature == .valid)
    }
  }

  @Test(arguments: ["RSA:2048", "EC:P-256"])
  func changedBytesMakeTheSignatureInvalid(kind: String) async throws {
    let authority = try Authority()
    try authority.key("signer", kind)
    try authority.certificate("signer")
    let text = try authority.signed(manifest, by: "signer")
    #expect(await report(text, over: manifest + "\n").signature == .invalid)
    #expect(await report(text, over: "").signature == .invalid)
    let file = CertificateFile.read(Array(text.utf8), name: "a.cert")
    let last = file.signature?.bytes.last ?? 0
    let digits = String(UInt16(last ^ 1) + 256, radix: 16).dropFirst()
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let tampered = lines[0].dropLast(2) + digits + "\n" + lines.dropFirst().joined(separator: "\n")
    #expect(await report(String(tampered)).signature == .invalid)
  }

  @Test func aCertificateOfAnotherKeyMakesTheSignatureInvalid() async throws {
    let authority = try Authority()
    for (name, kind) in [("one", "RSA:2048"), ("two", "RSA:2048"), ("curve", "EC:P-256")] {
      try authority.key(name, kind)
      try authority.certificate(name)
    }
    let line = try authority.signed(manifest, by: "one").prefix { $0 != "\n" } + "\n"
    let two = try authority.folder.text("two.pem")
    let curve = try authority.folder.text("curve.pem")
    #expect(await report(line + two).signature == .invalid)
    #expect(await report(line + curve).signature == .invalid)
  }

  @Test func aSignatureLongerThanTheKeyIsToldByItsLength() async throws {
    let authority = try Authority()
    try authority.key("signer", "RSA:2048")
    try authority.certificate("signer")
    let text = try authority.signed(manifest, by: "signer")
    let long = text.replacing("(a.mf)= ", with: "(a.mf)= 0000")
    #expect(await report(long).signature == .wrongLength(expected: 256, actual: 258))
  }

  @Test func aKeyOf1024BitsIsWeakAndItsSignatureStillJudged() async throws {
    let authority = try Authority()
    try authority.key("signer", "RSA:1024")
    try authority.certificate("signer")
    let text = try authority.signed(manifest, by: "signer")
    let sound = await report(text)
    #expect(sound.signature == .valid)
    #expect(sound.hasWeakKey)
    #expect(sound.trust == .selfSigned)
    let changed = await report(text, over: "x")
    #expect(changed.signature == .invalid)
    #expect(changed.hasWeakKey)
  }

  @Test func aKeyOf512BitsIsToldToBeUnsupportedAndWeak() async throws {
    let authority = try Authority()
    try authority.key("signer", "RSA:512")
    try authority.certificate("signer")
    let report = await report(try authority.signed(manifest, by: "signer", digest: "sha1"))
    #expect(report.signature == .unsupportedKey(.rsa(bits: 512)))
    #expect(report.hasWeakKey)
  }

  @Test(arguments: [("ED25519", "Ed25519"), ("RSA-PSS:2048", "RSASSA-PSS")])
  func aKeyOfAnotherKindIsUnsupportedAndNotInvalid(kind: String, name: String) async throws {
    let authority = try Authority()
    try authority.key("signer", kind)
    try authority.openssl([
      "req", "-x509", "-key", "signer.key", "-subj", "/CN=signer", "-out", "signer.pem",
    ])
    let text = "SHA256(a.mf)= 00ff\n" + (try authority.folder.text("signer.pem"))
    #expect(await report(text).signature == .unsupportedKey(.other(name)))
  }

  @Test(arguments: ["RSA-SHA2-256", "RSA-PSS-SHA2-256"])
  func `a signature padded by PSS is told as that and not as invalid`(label: String) async throws {
    let authority = try Authority()
    try authority.key("signer", "RSA:2048")
    try authority.certificate("signer")
    try authority.folder.write("a.mf", manifest)
    try authority.openssl([
      "dgst", "-sha256", "-sigopt", "rsa_padding_mode:pss", "-sigopt", "rsa_pss_saltlen:digest",
      "-sign", "signer.key", "-out", "signature", "a.mf",
    ])
    let digits = try authority.folder.read("signature").map { byte in
      let text = String(byte, radix: 16)
      return byte < 16 ? "0" + text : text
    }
    let text =
      "\(label)(a.mf)= \(digits.joined())\n" + (try authority.folder.text("signer.pem"))
    #expect(await report(text).signature == .unsupportedKey(.other("RSA-PSS")))
    #expect(
      CertificateFile.read(Array(text.utf8), name: "a.cert").signature?.isPSS
        == label.contains("PSS"))
  }

  @Test func theNameOfAnotherManifestIsToldBesideTheSignature() async throws {
    let authority = try Authority()
    try authority.key("signer", "EC:P-256")
    try authority.certificate("signer")
    let report = await report(try authority.signed(manifest, by: "signer"), name: "b.mf")
    #expect(report.wrongManifestName == "a.mf")
    #expect(report.signature == .valid)
  }
}

import Foundation
import OVABasics
import OVAIntegrity
import Testing

@Suite struct SigningTests {
  @Test func aChainIsCarriedAlongAndReadBack() throws {
    let authority = try Authority()
    for name in ["root", "signer"] { try authority.key(name, "EC:P-256") }
    try authority.certificate("root", isIssuer: true)
    try authority.certificate("signer", by: "root")
    let chain = try authority.folder.read("signer.pem") + authority.folder.read("root.pem")
    let text = try CertificateFile.sign(
      manifestBytes: Array(manifest.utf8), manifestName: "a.mf",
      keyPEM: try authority.folder.read("signer.key"), certificatePEM: chain)
    let file = CertificateFile.read(Array(text.utf8), name: "a.cert")
    #expect(file.certificates.map(\.facts.subject) == ["CN=signer", "CN=root"])
  }

  @Test(arguments: [["rsa", "-traditional"], ["ec"]])
  func aKeyInTheOlderFormsIsRead(command: [String]) throws {
    let authority = try Authority()
    try authority.key("signer", command[0] == "rsa" ? "RSA:2048" : "EC:P-384")
    try authority.certificate("signer")
    try authority.openssl(command + ["-in", "signer.key", "-out", "older.key"])
    let text = try CertificateFile.sign(
      manifestBytes: [], manifestName: "a.mf", keyPEM: try authority.folder.read("older.key"),
      certificatePEM: try authority.folder.read("signer.pem"))
    #expect(text.hasPrefix("SHA256(a.mf)= "))
  }

  private func code(_ key: [UInt8], _ certificate: [UInt8], name: String = "a.mf") throws
    -> IntegrityError.Code?
  {
    do throws(IntegrityError) {
      _ = try CertificateFile.sign(
        manifestBytes: [], manifestName: name, keyPEM: key, certificatePEM: certificate)
      return nil
    } catch {
      return error.code
    }
  }

  @Test func whatCannotSignIsRefusedWithItsReason() throws {
    let authority = try Authority()
    for (name, kind) in [("one", "RSA:2048"), ("two", "EC:P-256"), ("weak", "RSA:1024")] {
      try authority.key(name, kind)
      try authority.certificate(name)
    }
    try authority.openssl([
      "pkey", "-in", "one.key", "-aes256", "-passout", "pass:secret", "-out", "locked.key",
    ])
    let one = try authority.folder.read("one.key")
    let certificate = try authority.folder.read("one.pem")
    #expect(try code(one, certificate) == nil)
    #expect(try code(one, try authority.folder.read("two.pem")) == .unusableCertificate)
    #expect(try code(one, []) == .unusableCertificate)
    #expect(try code([], certificate) == .unusableKey)
    #expect(try code(try authority.folder.read("locked.key"), certificate) == .unusableKey)
    #expect(
      try code(try authority.folder.read("weak.key"), try authority.folder.read("weak.pem"))
        == .unusableKey)
    #expect(try code(one, certificate, name: "a\nb.mf") == .unwritableName)
  }
}

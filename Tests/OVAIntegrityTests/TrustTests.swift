import Foundation
import OVABasics
import OVAIntegrity
import Testing

@Suite struct TrustTests {
  private let authority: Authority

  init() throws {
    authority = try Authority()
    for name in ["root", "middle", "signer", "old"] { try authority.key(name, "EC:P-256") }
    try authority.certificate("root", until: "20360101000000Z", isIssuer: true)
    try authority.certificate("middle", by: "root", until: "20300101000000Z", isIssuer: true)
    try authority.certificate("signer", by: "middle")
  }

  private func roots(_ name: String) throws -> TrustRoots {
    try TrustRoots.pem(authority.folder.read("\(name).pem"), name: "\(name).pem")
  }

  @Test func aChainToATrustedRootIsTrusted() async throws {
    let text = try authority.signed(manifest, by: "signer", chain: ["middle"])
    let report = try await report(text, trust: roots("root"))
    #expect(report.trust == .trusted(chain: ["CN=signer", "CN=middle", "CN=root"]))
    #expect(report.signer?.isSelfSigned == false)
    #expect(report.signature == .valid)
  }

  @Test func aChainWithAGapIsUntrustedThoughTheSignatureHolds() async throws {
    let text = try authority.signed(manifest, by: "signer")
    let report = try await report(text, trust: roots("root"))
    #expect(
      report.trust
        == .untrusted(reason: "no chain leads from 'CN=middle' to a trusted certificate"))
    #expect(report.signature == .valid)
  }

  @Test func theSystemDoesNotTrustAStranger() async throws {
    let text = try authority.signed(manifest, by: "signer", chain: ["middle", "root"])
    guard case .untrusted = await report(text, trust: .system).trust else {
      Issue.record("trusted")
      return
    }
  }

  @Test func aSelfSignedCertificateThatIsTrustedItselfIsTrusted() async throws {
    try authority.certificate("old")
    let text = try authority.signed(manifest, by: "old")
    #expect(try await report(text, trust: roots("old")).trust == .trusted(chain: ["CN=old"]))
    #expect(try await report(text, trust: roots("root")).trust == .selfSigned)
  }

  @Test func aCertificateThatMayNotIssueVouchesForNobody() async throws {
    try authority.certificate("old", by: "signer")
    let text = try authority.signed(manifest, by: "old", chain: ["signer", "middle"])
    let trust = try await report(text, trust: roots("root")).trust
    #expect(trust == .untrusted(reason: "Certificate 'CN=signer' is not marked as a CA"))
  }

  @Test func anExpiredSignerIsTrustedAndExpired() async throws {
    try authority.certificate("old", by: "root", from: "20200101000000Z", until: "20260621000000Z")
    let text = try authority.signed(manifest, by: "old")
    let report = try await report(text, trust: roots("root"))
    #expect(report.validity == .expired(days: 10))
    #expect(report.trust == .trusted(chain: ["CN=old", "CN=root"]))
    #expect(report.signature == .valid)
  }

  @Test func aSignerOfTheFutureIsNotYetValid() async throws {
    try authority.certificate("old", by: "root", from: "20260702000000Z")
    let text = try authority.signed(manifest, by: "old")
    #expect(await report(text).validity == .notYetValid(days: 1))
  }

  @Test func aSignerWithFewDaysLeftExpiresSoon() async throws {
    try authority.certificate("old", by: "root", until: "20260711000001Z")
    let text = try authority.signed(manifest, by: "old")
    #expect(await report(text).validity == .expiresSoon(days: 10))
  }

  @Test func anExpiredIssuerBreaksTheTrust() async throws {
    try authority.certificate(
      "middle", by: "root", from: "20200101000000Z", until: "20260601000000Z", isIssuer: true)
    let text = try authority.signed(manifest, by: "signer", chain: ["middle"])
    let reason = "the issuer's certificate 'CN=middle' has expired"
    #expect(try await report(text, trust: roots("root")).trust == .untrusted(reason: reason))
  }

  @Test func aCriticalExtendedUsageDoesNotStandInTheWay() async throws {
    try authority.certificate("old", by: "root", extensions: "critical")
    let text = try authority.signed(manifest, by: "old")
    #expect(
      try await report(text, trust: roots("root")).trust
        == .trusted(chain: ["CN=old", "CN=root"]))
  }

  @Test func aKeyThatIsNotForSignaturesIsUntrusted() async throws {
    try authority.certificate("old", by: "root", extensions: "encipherment")
    let text = try authority.signed(manifest, by: "old")
    let reason = "its key usage does not allow signatures"
    #expect(try await report(text, trust: roots("root")).trust == .untrusted(reason: reason))
  }

  @Test(.enabled(if: FileManager.default.fileExists(atPath: systemBundle)))
  func theSystemTrustsItsOwnRoots() async throws {
    let bundle = try String(contentsOfFile: systemBundle, encoding: .utf8)
    let end = "-----END CERTIFICATE-----"
    var trusted = 0
    for block in bundle.split(separator: end).prefix(20) {
      let report = await report("SHA256(a.mf)= 00\n\(block)\(end)\n", trust: .system)
      // Roots that are for issuing alone are none for signing manifests.
      if case .trusted = report.trust { trusted += 1 }
    }
    #expect(trusted > 0)
  }

  @Test func certificatesThatAllSignEachOtherAreSearchedInShortTime() async throws {
    // One key and name with many alternative names: each vouches for each, in every order.
    var chain = ""
    for index in 0..<14 {
      let section = "[tangle\(index)]\nbasicConstraints = critical,CA:TRUE\n"
      try authority.folder.write(
        "ca.cnf",
        try authority.folder.text("ca.cnf") + section + "subjectAltName = DNS:a\(index)\n")
      try authority.certificate("old", extensions: "tangle\(index)")
      chain += try authority.folder.text("old.pem")
    }
    try authority.certificate("signer", by: "old")
    let text = try authority.signed(manifest, by: "signer") + chain
    let clock = ContinuousClock()
    let start = clock.now
    let trust = try await report(text, trust: roots("root")).trust
    #expect(clock.now - start < .seconds(5))
    #expect(
      trust == .untrusted(reason: "no chain leads from 'CN=old' to a trusted certificate"))
  }

  @Test func aTrustStoreWithoutCertificatesIsRefused() throws {
    #expect {
      try TrustRoots.pem(Array("nothing".utf8), name: "roots.pem")
    } throws: { error in
      (error as? IntegrityError)?.code == .unusableTrustStore
    }
  }
}

import OVARules
import OVATestSupport
import Testing

/// Packages with several faults at once.
@Suite struct OneRunTests {
  private func findings(_ example: Example) async throws -> [String] {
    try await RuleExample(rule: .all[0], number: 0, example: example).findings().map(\.rule)
      .sorted()
  }

  @Test func aPackageWithTenFaultsReportsExactlyThose() async throws {
    let example = Example(
      .ova,
      edits: [.init(old: #"ovf:size="SIZE""#, new: #"ovf:size="67108864""#)],
      [
        .rename("web.ovf", to: "web.OVF"),
        .text("web.mf", replacing: "SHA256(web.OVF)= ", with: "SHA256 (web.OVF) = "),
        .content("web.mf", .followed(by: Array("SHA256(old.iso)= \(zeros)\n".utf8))),
        .text("web.OVF", replacing: "<Product>Web", with: "<Product>Wob"),
        .sign(.expired),
        .add("README.md", .text("Read me")),
        .dialect("README.md", .pax),
        .add("._web-disk1.vmdk", .bytes([0, 5, 0x16, 7])),
        .archive(.withoutEnd),
      ])
    #expect(
      try await findings(example) == [
        "apple-double-member", "certificate-expired", "end-blocks-missing", "file-size-mismatch",
        "foreign-member", "manifest-digest-mismatch", "manifest-entry-without-file",
        "manifest-spacing", "tar-pax", "upper-case-extension",
      ])
  }

  private let zeros = String(repeating: "0", count: 64)

  @Test(arguments: [
    (Example.Change.archive(.shortened(by: 20_000)), "member-truncated"),
    (.header("web-disk1.vmdk", .wrongChecksum), "header-damaged"),
    (.header("web-disk1.vmdk", .negativeSize), "member-size-unreadable"),
    (.header("web-disk1.vmdk", .otherSizeInPax), "member-size-ambiguous"),
    (.remove("web-disk1.vmdk"), "file-missing"),
    (.rename("web-disk1.vmdk", to: "web-disk2.vmdk"), "file-missing"),
    (.content("web.mf", .bytes([])), "manifest-unreadable"),
    (.sign(.weakKey), "certificate-weak-key"),
    (.sign(.selfSigned), "certificate-self-signed"),
    (.sign(.expired), "certificate-expired"),
    (.sign(.withOtherMessage), "cms-signature-invalid"),
  ])
  func aFaultIsSaidOnce(change: Example.Change, rule: String) async throws {
    #expect(try await findings(Example(.ova, .sealManifest, change)) == [rule])
  }

  @Test(arguments: [Example.Signer.trustedAuthority, .ellipticCurve, .withMessage])
  func aPackageThatATrustedSignerSignedIsSound(signer: Example.Signer) async throws {
    #expect(try await findings(Example(.ova, .sign(signer))) == [])
  }

  @Test func aListOfManyBadLinesIsOneFinding() async throws {
    let lines = (0..<500).map { "line \($0)\n" }.joined()
    let example = Example(.ova, .sealManifest, .content("web.mf", .followed(by: Array(lines.utf8))))
    #expect(try await findings(example) == ["manifest-line-malformed"])
  }
}

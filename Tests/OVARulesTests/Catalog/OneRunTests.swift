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

  @Test func tenFaultsOfAllGroupsAreSaidInOneRun() async throws {
    let example = Example(
      .ova,
      edits: [
        .init(old: #"ovf:size="SIZE""#, new: #"ovf:size="67108864""#),
        .init(old: #"ovf:capacity="64""#, new: #"ovf:capacity="32""#),
        .init(old: "<Label>Host name</Label>", new: #"<Label ovf:msgid="host.label"/>"#),
        .init(
          old: #"ovf:type="string" ovf:userConfigurable="true" ovf:value="web""#,
          new: #"ovf:type="uint8" ovf:userConfigurable="true" ovf:value="256""#),
        .init(old: "<rasd:Parent>3</rasd:Parent>", new: "<rasd:Parent>33</rasd:Parent>"),
      ],
      [
        .content("web-disk1.vmdk", .flipped(at: (128 << 9) + 40)),
        .sealManifest,
        .content("web.mf", .followed(by: Array("SHA256(old.iso)= \(zeros)\n".utf8))),
        .sign(.notYetValid),
        .add("._web-disk1.vmdk", .bytes([0, 5, 0x16, 7])),
        .archive(.followed(by: Array("more".utf8))),
      ])
    let rules = try await findings(example)
    #expect(
      rules == [
        "apple-double-member", "certificate-not-yet-valid", "data-after-end",
        "disk-capacity-too-small", "disk-grain-damaged", "file-size-mismatch",
        "manifest-entry-without-file", "message-unresolved", "parent-dangling",
        "property-value-invalid",
      ])
    #expect(
      Set(rules.compactMap { Rule.named($0)?.group })
        == Set(Rule.Group.allCases).subtracting([.policy]))
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

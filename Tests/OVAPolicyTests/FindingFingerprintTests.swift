import OVABasics
import OVAPolicy
import OVARules
import Testing

/// Fingerprints tell findings apart, and stay when what they are about stays.
@Suite struct FindingFingerprintTests {
  private let base = BasePath(workingFolder: "/ci")

  private func finding(
    _ message: String, rule: String = "slot-taken-twice", file: String = "web.ova/web.ovf",
    line: Int? = 85, severity: Severity = .warning, fix: String = "Move it."
  ) -> Finding {
    Finding(
      rule: rule, severity: severity, message: message, place: Place(file, line: line), fix: fix)
  }

  private func fingerprints(
    _ findings: Finding..., path: String = "web.ova", base: BasePath? = nil
  ) -> [String] {
    FindingFingerprint.all(of: findings, inPackage: path, base: base ?? self.base).map(\.text)
  }

  @Test func `a fingerprint is what it was in earlier versions`() {
    // Baselines hold these digits: they may change with the number in the key alone.
    #expect(
      fingerprints(finding("item 9 ('CD drive') has the place SCSI 0:0 of item 4 ('Hard disk 1')"))
        == ["01bab67ca2e4989244b2d2209467d7ab"])
  }

  @Test(arguments: [
    ("the element on line 12 is unknown", "the element on line 340 is unknown"),
    ("the header at byte 512 is damaged", "the header at byte 9216 is damaged"),
    (
      "'a.vmdk' is declared with 1 bytes and has 72192",
      "'a.vmdk' is declared with 7 bytes and has 80384"
    ),
    ("the digest is a1dbbc2dec3c99c6", "the digest is 0590c3c1699f6723"),
    (
      "the certificate of 'CN=soon' expires in 11 days",
      "the certificate of 'CN=soon' expires in 9 days"
    ),
  ])
  func `numbers that change when a package is built again are no part of it`(
    one: String, other: String
  ) {
    #expect(fingerprints(finding(one)) == fingerprints(finding(other)))
  }

  @Test func `moved lines, another severity and another fix leave it as it is`() {
    let before = fingerprints(finding("a"))
    #expect(fingerprints(finding("a", line: 3)) == before)
    #expect(fingerprints(finding("a", line: nil)) == before)
    #expect(fingerprints(finding("a", severity: .error)) == before)
    #expect(fingerprints(finding("a", fix: "Remove it.")) == before)
  }

  @Test(arguments: [
    ("item 9 has no name", "item 4 has no name"), ("'eth0' is unknown", "'eth1' is unknown"),
    ("4096 MiB", "8192 MiB"), ("", "a"),
  ])
  func `messages about different things have different ones`(one: String, other: String) {
    #expect(fingerprints(finding(one)) != fingerprints(finding(other)))
  }

  @Test func `rule and file tell findings apart`() {
    let all = [
      finding("a"), finding("a", rule: "slot-out-of-range"),
      finding("a", file: "web.ova/web.mf"),
    ].flatMap { fingerprints($0) }
    #expect(Set(all).count == 3)
  }

  @Test func `equal findings of one file are numbered`() {
    let all = fingerprints(finding("a", line: 3), finding("a", line: 9), finding("a", line: 12))
    #expect(Set(all).count == 3)
    // One less: the others keep theirs, by their order.
    #expect(fingerprints(finding("a", line: 9), finding("a", line: 12)) == Array(all.prefix(2)))
  }

  @Test(arguments: [
    ("web.ova", "web.ova/web.ovf"), ("./web.ova", "./web.ova/web.ovf"),
    ("/ci/web.ova", "/ci/web.ova/web.ovf"), ("../ci/web.ova", "../ci/web.ova/web.ovf"),
    ("x/..//web.ova", "x/..//web.ova/web.ovf"),
  ])
  func `a package is the same however its path is written`(path: String, file: String) {
    #expect(
      fingerprints(finding("a", file: file), path: path) == fingerprints(finding("a")))
  }

  @Test func `a descriptor and its folder are one package`() {
    let named = fingerprints(finding("a", file: "app/web.ovf"), path: "app/web.ovf")
    #expect(fingerprints(finding("a", file: "app/web.ovf"), path: "app") == named)
    #expect(fingerprints(finding("a", file: "web.ovf"), path: "app/web.ovf") == named)
  }

  @Test func `the base is the folder that paths start at`() {
    let here = fingerprints(finding("a"))
    let below = BasePath("images", workingFolder: "/ci")
    #expect(
      fingerprints(
        finding("a", file: "images/web.ova/web.ovf"), path: "images/web.ova", base: below) == here)
    #expect(fingerprints(finding("a"), base: below) != here)
  }

  @Test func `only 32 hexadecimal digits are one`() {
    #expect(FindingFingerprint("0123456789abcdef0123456789ABCDEF")?.text.last == "f")
    for text in ["", "0123", "0123456789abcdef0123456789abcdeg", String(repeating: "0", count: 33)]
    {
      #expect(FindingFingerprint(text) == nil)
    }
  }
}

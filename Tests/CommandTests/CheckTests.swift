import Foundation
import OVATestSupport
import Testing

@Suite struct CheckTests {
  @Test(arguments: ["web.ova", "shop.ova", "sizes.ova", "database"])
  func theGoodSamplesHaveNoError(name: String) throws {
    let result = try OVATool.run("check", OVATool.sample("good/\(name)"))
    #expect(result.status == 0, "\(result.text)")
    #expect(!result.text.contains("error"))
  }

  @Test(arguments: [
    ("missing-disk.ova", "file-missing"), ("wrong-digest.ova", "manifest-digest-mismatch"),
    ("truncated.ova", "member-truncated"),
  ])
  func aBrokenSampleIsFoundUnderOneRule(name: String, rule: String) throws {
    let result = try OVATool.run(
      "check", "--format", "json", OVATool.sample("broken/\(name)"))
    #expect(result.status == 1)
    let package = try #require((result.object()["packages"] as? [[String: Any]])?.first)
    let findings = try #require(package["findings"] as? [[String: Any]])
    let errors = findings.filter { $0["severity"] as? String == "error" }
    #expect(errors.compactMap { $0["rule"] as? String } == [rule])
    for finding in findings {
      #expect((finding["fix"] as? String)?.isEmpty == false)
      #expect((finding["place"] as? [String: Any])?["file"] is String)
    }
  }

  @Test func everyPackageOfARunGetsItsFindings() throws {
    let result = try OVATool.run(
      "check", OVATool.sample("broken/missing-disk.ova"), "/nonexistent.ova",
      OVATool.sample("broken/wrong-digest.ova"), OVATool.sample("good/web.ova"))
    #expect(result.status == 3)
    #expect(result.text.contains("[file-missing]"))
    #expect(result.text.contains("[manifest-digest-mismatch]"))
    #expect(result.text.contains("unreadable"))
    #expect(result.text.contains("good/web.ova  good"))
  }

  @Test(arguments: [65_536, 131_072])
  func aDeepCheckTellsWhatIsInUseBesideWhatTheDescriptorSays(declared: Int) throws {
    let folder = try TemporaryFolder()
    var files = try PackageFiles()
    files.replace(
      "ovf:populatedSize=\"65536\"", "ovf:populatedSize=\"\(declared)\"", in: "web.ovf")
    try files.seal(folder)
    let path = try folder.write(files.archive(), to: "web.ova")
    let text = try OVATool.run("check", "--deep", path).text
    #expect(text.contains("1 grain read, 64 KiB in use"))
    #expect(text.contains(declared == 65_536 ? "as declared" : "(declared 128 KiB)"))
    #expect(text.contains("compressed to 100 %"))
    let result = try OVATool.run("check", "--deep", "--format", "json", path)
    let package = try #require((result.object()["packages"] as? [[String: Any]])?.first)
    let disk = try #require((package["disks"] as? [[String: Any]])?.first)
    #expect(disk["allocated_bytes"] as? Int == 65_536)
    #expect(disk["populated_bytes"] as? Int == declared)
    #expect(try result.rules().contains("disk-populated-differs") == (declared != 65_536))
    #expect(
      try OVATool.run("inspect", "-v", path).text.contains("(populatedSize, \(declared) bytes)"))
  }

  @Test func withoutDigestsAWrongDigestIsNotSeenAndTheResultSaysSo() throws {
    let result = try OVATool.run(
      "check", "--no-digests", OVATool.sample("broken/wrong-digest.ova"))
    #expect(result.status == 0)
    #expect(result.text.contains("digests not verified"))
  }

  @Test func theThresholdDecidesAboutTheExitCode() throws {
    let path = OVATool.sample("broken/missing-disk.ova")
    #expect(try OVATool.run("check", "--fail-on", "none", path).status == 0)
    #expect(try OVATool.run("check", "--fail-on", "warning", path).status == 1)
  }

  @Test func ndjsonHasALineForEachPackage() throws {
    let result = try OVATool.run(
      "check", "--format", "ndjson", OVATool.sample("good/web.ova"), "/nonexistent.ova")
    let lines = result.text.split(separator: "\n")
    #expect(lines.count == 2)
    #expect(lines.last?.contains("\"state\":\"unreadable\"") == true)
  }
}

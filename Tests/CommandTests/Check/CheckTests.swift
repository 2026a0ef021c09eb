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

  @Test func aFileThatSeveralDisksDescribeIsReadOnceAndToldOnce() throws {
    let folder = try TemporaryFolder()
    var files = try PackageFiles()
    files.replace(
      "    <Disk ovf:diskId=\"disk1\"",
      "    <Disk ovf:diskId=\"disk2\" ovf:fileRef=\"file1\" ovf:capacity=\"67108864\" "
        + "ovf:format=\"http://www.vmware.com/interfaces/specifications/vmdk.html#streamOptimized\"/>"
        + "\n    <Disk ovf:diskId=\"disk1\"", in: "web.ovf")
    let path = try folder.write(files.archive(), to: "web.ova")
    let text = try OVATool.run("check", "--deep", path).text
    #expect(text.split(separator: "\n").count { $0.contains("1 grain read") } == 1, "\(text)")
    let package = try #require(
      (OVATool.run("check", "--deep", "--format", "json", path).object()["packages"]
        as? [[String: Any]])?.first)
    #expect((package["disks"] as? [Any])?.count == 1)
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

  @Test func ndjsonHasALineForEachPackageAndFindingAndTheSum() throws {
    let result = try OVATool.run(
      "check", "--format", "ndjson", OVATool.sample("broken/truncated.ova"), "/nonexistent.ova")
    let lines = try result.text.split(separator: "\n").map { line in
      try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    }
    #expect(
      lines.map { $0["type"] as? String } == ["package", "finding", "package", "summary"])
    #expect(lines.allSatisfy { $0["schema"] as? String == "ovakit/check-line/1.0" })
    #expect(lines[1]["rule"] as? String == "member-truncated")
    #expect(lines[1]["path"] as? String == OVATool.sample("broken/truncated.ova"))
    #expect(lines[2]["state"] as? String == "unreadable")
    #expect(lines[3]["packages"] as? Int == 2)
    #expect(lines[3]["errors"] as? Int == 1)
    #expect(lines[3]["unreadable"] as? Int == 1)
  }

  @Test func quietSaysOnlyWhatFails() throws {
    let good = OVATool.sample("good/web.ova")
    let broken = OVATool.sample("broken/wrong-digest.ova")
    #expect(try OVATool.run("check", "-q", good).output.isEmpty)
    let result = try OVATool.run("check", "-q", good, broken, "/nonexistent.ova")
    #expect(result.status == 3)
    #expect(!result.text.contains(good))
    #expect(result.text.contains("[manifest-digest-mismatch]"))
    #expect(result.text.contains("/nonexistent.ova"))
    #expect(!result.text.contains("packages"))
    let passed = try OVATool.run("check", "-q", "--fail-on", "none", broken)
    #expect(passed.status == 0)
    #expect(passed.output.isEmpty)
    #expect(try OVATool.run("check", "-q", "--format", "json", good).status == 2)
  }

  @Test func everyRunSaysTheSame() throws {
    let folder = try TemporaryFolder()
    var package = try PackageFiles()
    package.files.reverse()
    package.files += (0..<20).map { ("extra \($0).iso", []) }
    package.files.append(package.files[0])
    package.replace("SHA256", "sha256", in: "web.mf")
    let path = try folder.write(package.archive(), to: "web.ova")
    let runs = try (0..<5).map { _ in try OVATool.run("check", path).text }
    #expect(Set(runs).count == 1)
    #expect(runs.first?.contains("errors") == true)
  }

  @Test func colorsAreForTerminalsAndThoseWhoAsk() throws {
    let path = OVATool.sample("broken/wrong-digest.ova")
    #expect(!(try OVATool.run("check", path).text.contains("\u{1B}")))
    #expect(try OVATool.run("check", "--color", "always", path).text.contains("\u{1B}[31m"))
    // `script` gives the command a terminal.
    let shown = try run(
      "script", ["-qec", "'\(OVATool.path)' check '\(path)'", "/dev/null"],
      environment: ["TERM": "xterm", "NO_COLOR": ""])
    #expect(shown.text.contains("\u{1B}[31m"))
    let plain = try run(
      "script", ["-qec", "'\(OVATool.path)' check '\(path)' 2>/dev/null", "/dev/null"],
      environment: ["TERM": "xterm", "NO_COLOR": "1"])
    #expect(plain.text.contains("manifest-digest-mismatch"))
    #expect(!plain.text.contains("\u{1B}"))
  }

  @Test func aReaderThatGoesAwayEndsTheCommandQuietly() throws {
    let path = OVATool.sample("broken/wrong-digest.ova")
    let result = try run(
      "bash",
      ["-c", "\"$0\" check \"$@\" | head -n 1", OVATool.path]
        + [String](repeating: path, count: 200))
    #expect(result.text.hasPrefix("\(path)  1 error"))
    #expect(result.text.split(separator: "\n").count == 1)
    #expect(result.errorText.isEmpty)
  }

  @Test func aPipeIsNotWaitedFor() throws {
    let folder = try TemporaryFolder()
    #expect(mkfifo(folder.path("web.ova"), 0o600) == 0)
    let result = try OVATool.run("check", folder.path("web.ova"))
    #expect(result.status == 3)
    #expect(result.text.contains("`ova check -`"))
  }

  @Test func whatIsTooLargeIsToldWithTheLimitsName() throws {
    let folder = try TemporaryFolder()
    var builder = TarBuilder()
    builder.pax([("path", [UInt8](repeating: 0x61, count: 5_000))])
    builder.file("a", [])
    builder.end()
    let path = try folder.write(builder.bytes, to: "web.ova")
    for argument in [path, "-"] {
      let result = try OVATool.run("check", argument, input: builder.bytes)
      #expect(result.status == 1)
      #expect(result.text.contains("[limit-exceeded]"))
      #expect(result.text.contains("more than the limit 'nameBytes'"))
      #expect(result.text.contains("fix       See that it comes from whom it should"))
    }
  }

  @Test func filesOfOneNameAreCompared() throws {
    let folder = try TemporaryFolder()
    for (bytes, words) in [(nil, "of the same bytes"), ([UInt8(7)], "of different bytes")] {
      var package = try PackageFiles()
      package.files.append(("web-disk1.vmdk", bytes ?? package["web-disk1.vmdk"]))
      let path = try folder.write(package.archive(), to: "web.ova")
      let result = try OVATool.run("check", path)
      #expect(result.text.contains(words), "\(result.text)")
      let streamed = try OVATool.run(
        "check", "--stdin-filename", path, "-", input: package.archive())
      #expect(streamed.text == result.text)
    }
  }
}

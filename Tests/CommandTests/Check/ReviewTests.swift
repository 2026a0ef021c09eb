import Foundation
import OVATestSupport
import Testing

/// Tests of what `ova check` reports: selections, severities, ignore files, baselines and exit
/// codes.
@Suite struct ReviewTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    for name in ["wrong-digest", "missing-disk"] {
      let bytes = try Data(contentsOf: URL(filePath: OVATool.sample("broken/\(name).ova")))
      try folder.write(Array(bytes), to: "images/\(name).ova")
    }
  }

  private static let digest = "manifest-digest-mismatch"

  private func check(
    _ arguments: [String], paths: [String] = ["images/wrong-digest.ova"],
    environment: [String: String] = [:], in working: String = ""
  ) throws -> ToolResult {
    var all = ["XDG_CONFIG_HOME": folder.path("none")]
    all.merge(environment) { _, new in new }
    return try OVATestSupport.run(
      OVATool.path, ["check"] + arguments + paths, in: folder.path(working), environment: all)
  }

  private func write(_ text: String, _ name: String) throws {
    try folder.write(Array(text.utf8), to: name)
  }

  /// The rules of the findings in JSON, by what suppresses them; empty for those that are reported.
  private func rules(_ result: ToolResult) throws -> [String: [String]] {
    let packages = try result.object()["packages"] as? [[String: Any]] ?? []
    let findings = packages.flatMap { $0["findings"] as? [[String: Any]] ?? [] }
    return Dictionary(grouping: findings) { finding in
      (finding["suppression"] as? [String: Any])?["kind"] as? String ?? ""
    }.mapValues { $0.compactMap { $0["rule"] as? String }.sorted() }
  }

  @Test func `a repair is not said to fix what a policy forbids`() throws {
    try write("policy: {networks: [prod-*]}", "ova.yaml")
    let unpacked = folder.path("unpacked")
    try FileManager.default.createDirectory(
      atPath: unpacked, withIntermediateDirectories: true)
    _ = try OVATestSupport.run("tar", ["xf", OVATool.sample("good/web.ova"), "-C", unpacked])
    try FileManager.default.removeItem(atPath: "\(unpacked)/web.mf")
    let result = try check(["--format", "json"], paths: ["unpacked"])
    let packages = try #require(try result.object()["packages"] as? [[String: Any]])
    let findings = packages.flatMap { $0["findings"] as? [[String: Any]] ?? [] }
    let fixable = findings.map { "\($0["rule"] ?? "") \($0["fixable"] as? Bool == true)" }.sorted()
    #expect(fixable == ["manifest-absent true", "policy-network-forbidden false"])
  }

  // MARK: Selection and severities

  @Test(arguments: [
    ([], 1, ""), (["--select", "manifest"], 1, ""), (["--select", "disks"], 0, "selection"),
    (["--select", "disks,manifest"], 1, ""),
    (["--select", "disks", "--select", "Manifest"], 1, ""),
    (["--ignore", "manifest-digest-mismatch"], 0, "selection"),
    (["--ignore", "manifest-*"], 0, "selection"), (["--ignore", "disks"], 1, ""),
    (["--select", "manifest", "--ignore", "*-mismatch"], 0, "selection"),
    (["--select", "vsphere"], 0, "selection"), (["--select", "all"], 1, ""),
    (["--severity", "manifest-digest-mismatch=warning"], 0, ""),
    (["--severity", "manifest=warning", "--fail-on", "warning"], 1, ""),
    (["--severity", "manifest=info,manifest-digest-mismatch=error"], 1, ""),
    (["--severity", "disks=info"], 1, ""),
  ])
  func `a switch decides what is reported and the exit code`(
    arguments: [String], status: Int32, kind: String
  ) throws {
    let result = try check(arguments + ["--format", "json"])
    #expect(result.status == status, "\(result.errorText)")
    #expect(try rules(result) == [kind: [Self.digest]])
    let summary = try result.object()["summary"] as? [String: Any]
    #expect(summary?["suppressed"] as? Int == (kind.isEmpty ? 0 : 1))
    // The same from a file.
    let variables = Dictionary(
      grouping: stride(from: 0, to: arguments.count, by: 2), by: { arguments[$0] }
    ).map { option, indices in
      (
        "OVA_" + option.dropFirst(2).uppercased().replacing("-", with: "_"),
        indices.map { arguments[$0 + 1] }.joined(separator: ",")
      )
    }
    let set = try check(
      ["--format", "json"], environment: Dictionary(uniqueKeysWithValues: variables))
    #expect(set.status == status)
    #expect(set.output == result.output)
  }

  @Test(arguments: [
    (
      ["--select", "manifest-absend"],
      "no rule, group or target is named 'manifest-absend'; nearest: "
    ),
    (["--ignore", "x,manifest"], "no rule, group or target is named 'x'"),
    (["--select", ""], "no name is given"),
    (
      ["--severity", "manifest"],
      "'manifest' is not of the form RULE=SEVERITY with error, warning or info"
    ),
    (["--severity", "manifest=fatal"], "'manifest=fatal' is not of the form RULE=SEVERITY"),
    (["--severity", "vsphere=info"], "'vsphere' has no severity of its own"),
    (
      ["--baseline", "a", "--write-baseline", "a"],
      "--baseline and --write-baseline name the same file."
    ),
    (
      ["--baseline", "missing.json"],
      "ova: missing.json: cannot follow the baseline: the file cannot be read"
    ),
    (["--ignore-file", "missing.yaml"], "ova: missing.yaml: cannot follow the ignore file: "),
  ])
  func `what is meant by nothing is wrong use`(arguments: [String], words: String) throws {
    let result = try check(arguments)
    #expect(result.status == 2)
    #expect(result.text.isEmpty)
    #expect(result.errorText.contains(words), "\(result.errorText)")
  }

  // MARK: Ignore files

  private static func entry(
    _ rule: String = digest, path: String? = nil, expires: String? = nil
  ) -> String {
    "  - rule: \(rule)\n" + (path.map { "    path: \($0)\n" } ?? "") + "    reason: it is known\n"
      + (expires.map { "    expires: \($0)\n" } ?? "")
  }

  @Test func `the file of the working folder accepts findings`() throws {
    let name = ".ovaignore.yaml"
    try write(
      "ignore:\n" + Self.entry(path: "images/wrong-digest.ova", expires: "9999-01-01"), name)
    let result = try check(["--format", "json"])
    #expect(result.status == 0)
    #expect(try rules(result) == ["ignore-file": [Self.digest]])
    let text = try check([])
    #expect(text.status == 0)
    #expect(text.text.contains("1 suppressed"))
    #expect(!text.text.contains(Self.digest))
    let shown = try check(["--show-suppressed"])
    #expect(shown.text.contains(Self.digest))
    #expect(shown.text.contains("it is known"))
    #expect(shown.text.contains("\(name):2"))
    #expect(shown.text.contains("until 9999-01-01"))
  }

  @Test func `a file beside a package elsewhere accepts nothing`() throws {
    try write("ignore:\n" + Self.entry(), "images/.ovaignore.yaml")
    #expect(try check([]).status == 1)
    #expect(try check(["--ignore-file", "images/.ovaignore.yaml"]).status == 0)
    #expect(try check([], paths: ["wrong-digest.ova"], in: "images").status == 0)
  }

  @Test func `a nearer file stands alone`() throws {
    try write("ignore:\n" + Self.entry(), ".ovaignore.yaml")
    #expect(try check([], paths: ["wrong-digest.ova"], in: "images").status == 0)
    try write("ignore: []\n", "images/.ovaignore.yaml")
    #expect(try check([], paths: ["wrong-digest.ova"], in: "images").status == 1)
    #expect(try check([]).status == 0)
  }

  @Test func `the file of the working folder holds for packages elsewhere`() throws {
    try write("ignore:\n" + Self.entry(), ".ovaignore.yaml")
    let other = try TemporaryFolder()
    let bytes = try folder.read("images/wrong-digest.ova")
    let path = try other.write(bytes, to: "other.ova")
    #expect(try check([], paths: [path]).status == 0)
  }

  @Test func `an expired entry hides nothing and is a finding of its own`() throws {
    try write("ignore:\n" + Self.entry(expires: "2026-01-01"), ".ovaignore.yaml")
    let result = try check([])
    #expect(result.status == 1)
    #expect(result.text.contains("the entry for '\(Self.digest)' has expired and hides nothing"))
    #expect(result.text.contains(".ovaignore.yaml:2"))
    #expect(result.text.contains("[ignore-expired]"))
    #expect(try check(["--ignore", "ignore-expired,manifest"]).status == 0)
    #expect(
      try check(["--ignore", "manifest", "--severity", "ignore-expired=error"]).status == 1)
  }

  @Test func `an entry that hid nothing is a finding, unless it could not have`() throws {
    try write("ignore:\n" + Self.entry() + Self.entry("disk-blank"), ".ovaignore.yaml")
    let result = try check(["--fail-on", "info"])
    #expect(result.status == 1)
    #expect(result.text.contains("the entry for 'disk-blank' hid nothing"))
    #expect(result.text.contains(".ovaignore.yaml:4"))
    #expect(try !check(["--no-digests"]).text.contains("ignore-unused"))
  }

  @Test func `findings on the ignore file count no package`() throws {
    try write("ignore:\n" + Self.entry("disk-blank"), ".ovaignore.yaml")
    let result = try check(["--format", "json"])
    let summary = try result.object()["summary"] as? [String: Any]
    #expect(summary?["packages"] as? Int == 1)
    #expect(summary?["infos"] as? Int == 1)
    #expect(try rules(result) == ["": ["ignore-unused", Self.digest]])
  }

  @Test(arguments: [
    (
      "ignore:\n  - rule: manifest-absent\n",
      ".ovaignore.yaml:2: cannot follow the ignore file: 'ignore' lacks 'reason'"
    ),
    ("ignore: [", ".ovaignore.yaml:"),
    ("rules: []\n", ".ovaignore.yaml:1: cannot follow the ignore file: unknown key"),
  ])
  func `a malformed file is wrong use before any package is opened`(
    text: String, words: String
  ) throws {
    try write(text, ".ovaignore.yaml")
    for paths in [["images/wrong-digest.ova"], ["/nonexistent.ova", "images/wrong-digest.ova"]] {
      let result = try check([], paths: paths)
      #expect(result.status == 2)
      #expect(result.text.isEmpty)
      #expect(result.errorText.hasPrefix("ova: \(words)"), "\(result.errorText)")
    }
  }

  // MARK: Baselines

  private let both = ["images/wrong-digest.ova", "images/missing-disk.ova"]

  @Test func `a baseline hides what was there, and nothing new`() throws {
    let written = try check(["--write-baseline", "known.json"], paths: Array(both.prefix(1)))
    #expect(written.status == 0, "\(written.text)\(written.errorText)")
    #expect(written.errorText == "ova: known.json: 1 finding written\n")
    let result = try check(["--baseline", "known.json", "--format", "json"], paths: both)
    #expect(result.status == 1)
    #expect(try rules(result) == ["baseline": [Self.digest], "": ["file-missing"]])
    let all = try check(["--write-baseline", "all.json"], paths: both)
    #expect(all.status == 0)
    #expect(try check(["--baseline", "all.json"], paths: both).status == 0)
    // From elsewhere, and with the packages named otherwise: paths count from the baseline's folder.
    let elsewhere = try OVATestSupport.run(
      OVATool.path, ["check", "--baseline", "../all.json", "./wrong-digest.ova"],
      in: folder.path("images"))
    #expect(elsewhere.status == 0, "\(elsewhere.text)")
    let whole = try check(
      ["--baseline", folder.path("all.json")], paths: [folder.path("images/missing-disk.ova")])
    #expect(whole.status == 0)
  }

  /// The folder in which a run is started, and the names of the baseline and the package: `@` is
  /// the folder, and `link` leads to `images`.
  @Test(arguments: [
    ("", "images/all.json", "images/wrong-digest.ova"), ("images", "all.json", "wrong-digest.ova"),
    ("images", "../images/all.json", "./wrong-digest.ova"),
    ("link", "all.json", "wrong-digest.ova"),
    ("other", "../images/all.json", "../images/wrong-digest.ova"),
    ("", "link/all.json", "images/wrong-digest.ova"),
    ("", "images/all.json", "link/wrong-digest.ova"),
    ("", "link/all.json", "link/wrong-digest.ova"), ("link", "@/link/all.json", "wrong-digest.ova"),
    ("link", "all.json", "@/link/wrong-digest.ova"), ("link", "@/images/all.json", "."),
    ("", "@/images/all.json", "@/images"), ("", "images/all.json", "link"),
    ("", "copy/all.json", "copy/wrong-digest.ova"),
  ])
  func `a baseline and an ignore file are the same from everywhere`(
    place: String, baseline: String, package: String
  ) throws {
    try? FileManager.default.removeItem(atPath: folder.path("images/missing-disk.ova"))
    let written = try check(["--write-baseline", "images/all.json"])
    #expect(written.status == 0)
    try write("ignore:\n  - {rule: all, path: ./wrong-digest.ova, reason: x}\n", "images/mine.yaml")
    try folder.write([], to: "other/file")
    try FileManager.default.createSymbolicLink(
      atPath: folder.path("link"), withDestinationPath: folder.path("images"))
    try FileManager.default.copyItem(atPath: folder.path("images"), toPath: folder.path("copy"))
    let paths = [package.replacing("@", with: folder.path)]
    let file = baseline.replacing("@", with: folder.path)
    let known = try check(["--baseline", file, "--format", "json"], paths: paths, in: place)
    #expect(try rules(known) == ["baseline": [Self.digest]], "\(known.text)")
    let ignored = try check(
      ["--ignore-file", file.replacing("all.json", with: "mine.yaml"), "--format", "json"],
      paths: paths, in: place)
    #expect(try rules(ignored) == ["ignore-file": [Self.digest]], "\(ignored.text)")
  }

  @Test func `a baseline survives moved lines and another build`() throws {
    var files = try PackageFiles()
    files.replace("ovf:size=", "ovf:size=\"1\" x:size=", in: "web.ovf")
    try folder.write(files.archive(), to: "images/web.ova")
    let path = ["images/web.ova"]
    let first = try check(["--format", "json"], paths: path)
    #expect(first.status == 1)
    #expect(try check(["--write-baseline", "b.json"], paths: path).status == 0)
    files.replace("<References>", "<!-- moved -->\n\n\n  <References>", in: "web.ovf")
    try folder.write(files.archive(), to: "images/web.ova")
    let second = try check(["--baseline", "b.json", "--format", "json"], paths: path)
    #expect(second.status == 0, "\(second.text)")
    #expect(second.output != first.output)
  }

  @Test func `a baseline that is there is replaced only with --force`() throws {
    try write("{}", "known.json")
    let refused = try check(["--write-baseline", "known.json"])
    #expect(refused.status == 2)
    #expect(try folder.read("known.json") == Array("{}".utf8))
    #expect(try check(["--write-baseline", "known.json", "--force"]).status == 0)
    #expect(try check(["--baseline", "known.json"]).status == 0)
  }

  @Test func `a baseline that cannot be written is told and leaves nothing`() throws {
    let result = try check(["--write-baseline", "nowhere/known.json"])
    #expect(result.status == 4)
    #expect(result.errorText.contains("nowhere/known.json"))
  }

  @Test(arguments: [
    ("", "known.json:1: cannot follow the baseline: the file is empty"),
    (
      "{\"schema\": \"ovakit/baseline/1.0\",\n \"finding\": []}",
      "known.json:2: cannot follow the baseline: unknown key 'finding'; nearest: 'findings'"
    ),
    ("[", "known.json:"),
  ])
  func `a malformed baseline is wrong use before any package is opened`(
    text: String, words: String
  ) throws {
    try write(text, "known.json")
    let result = try check(["--baseline", "known.json"], paths: ["/nonexistent.ova"])
    #expect(result.status == 2)
    #expect(result.text.isEmpty)
    #expect(result.errorText.hasPrefix("ova: \(words)"), "\(result.errorText)")
  }

  // MARK: Targets

  @Test func `what is known of a target is suppressed by its name or condition`() throws {
    let package = [OVATool.sample("good/web.ova")]
    let all = try check(["--target", "all", "--format", "json"], paths: package)
    let packages = try all.object()["packages"] as? [[String: Any]]
    let targets = packages?.first?["targets"] as? [[String: Any]] ?? []
    let told = targets.compactMap { target -> (String, String)? in
      let reasons = target["reasons"] as? [[String: Any]] ?? []
      guard let key = reasons.first?["condition"] as? String,
        let product = target["product"] as? String
      else { return nil }
      return (product, key)
    }
    let (product, condition) = try #require(told.first)
    for name in [product, condition] {
      let result = try check(
        ["--target", product, "--ignore", name, "--format", "json"], paths: package)
      let found = try rules(result)
      #expect(found["selection"]?.contains(condition) == true, "\(name) \(found)")
    }
  }

  // MARK: Policy

  @Test func `a policy is judged where it is configured`() throws {
    let package = [OVATool.sample("good/web.ova")]
    #expect(try check(["--fail-on", "info"], paths: package).status == 0)
    try write(
      """
      policy:
        limits: {memory: 1GiB}
        networks: [prod-*]
      check:
        severity: {policy-network-forbidden: warning}
      """, "ova.yaml")
    let result = try check(["--format", "json"], paths: package)
    #expect(result.status == 1, "\(result.errorText)")
    #expect(
      try rules(result) == ["": ["policy-memory-exceeded", "policy-network-forbidden"]])
    #expect(try check(["--ignore", "policy-memory-exceeded"], paths: package).status == 0)
    #expect(try check(["--ignore", "policy", "--fail-on", "info"], paths: package).status == 0)
    let confined = try check(["--sandbox", "--format", "json"], paths: package)
    #expect(try rules(confined) == rules(result))
  }
}

import Foundation
import OVATestSupport
import Testing

/// `ova check --format`, as pipelines use it.
@Suite struct ReportFormatTests {
  static let formats = [
    "text", "concise", "json", "ndjson", "sarif", "junit", "github", "gitlab", "markdown", "html",
  ]

  @Test(arguments: formats)
  func `the exit code does not hang on the format`(format: String) throws {
    for (name, status) in [
      (OVATool.sample("good/web.ova"), 0), (OVATool.sample("broken/truncated.ova"), 1),
      ("/nonexistent.ova", 3),
    ] {
      let result = try OVATool.run("check", "--format", format, name)
      #expect(Int(result.status) == status, "\(name)")
      #expect(result.errorText.isEmpty)
    }
    let lenient = try OVATool.run(
      "check", "--format", format, "--fail-on", "none", OVATool.sample("broken/truncated.ova"))
    #expect(lenient.status == 0)
  }

  @Test func `one run writes several reports, each as if it were alone`() throws {
    let folder = try TemporaryFolder()
    let paths = [OVATool.sample("broken/truncated.ova"), OVATool.sample("good/shop.ova")]
    let reports = Self.formats.map { "--format=\($0)=\(folder.path("report.\($0)"))" }
    let result = try run(OVATool.path, ["check"] + reports + paths)
    #expect(result.status == 1)
    #expect(result.errorText.isEmpty, "\(result.errorText)")
    #expect(try folder.names() == Self.formats.map { "report.\($0)" }.sorted())
    for format in Self.formats {
      let alone = try run(OVATool.path, ["check", "--format", format] + paths)
      #expect(try folder.read("report.\(format)") == alone.output, "\(format)")
      // People read text where all others go to files.
      if format == "text" { #expect(result.output == alone.output) }
    }
  }

  @Test func `the file of --output takes what would go to standard output`() throws {
    let folder = try TemporaryFolder()
    let sample = OVATool.sample("broken/truncated.ova")
    let result = try OVATool.run(
      "check", "--format", "junit", "--format", "sarif=\(folder.path("a.sarif"))", "-o",
      folder.path("tests.xml"), sample)
    #expect(result.status == 1)
    #expect(result.output.isEmpty)
    #expect(try folder.names() == ["a.sarif", "tests.xml"])
    #expect(
      try folder.read("tests.xml") == OVATool.run("check", "--format", "junit", sample).output)
    let text = try OVATool.run("check", "--color", "always", "-o", folder.path("a.txt"), sample)
    #expect(text.output.isEmpty)
    #expect(try folder.read("a.txt") == OVATool.run("check", sample).output)
  }

  @Test(arguments: [
    (["--format", "json", "--format", "text"], "would both go to standard output"),
    (["--format", "sarif=x", "--format", "junit=x"], "'x' is named for two reports"),
    (["--format", "sarif=x", "-o", "x"], "'x' is named for two reports"),
    (["--format", "sarif=-", "-o", "x"], "--output goes with a format"),
    (["--format", "sarf"], "'sarf'"), (["--format", "sarif="], "'sarif='"),
    (["-q", "--format", "json"], "--quiet goes with --format text"),
    (["-q", "-o", "x"], "--quiet goes with --format text"),
    (["--force"], "--force goes with"), (["-j", "0"], "not a whole number of at least 1"),
  ])
  func `what cannot be meant is refused before anything is read`(
    options: [String], words: String
  ) throws {
    let folder = try TemporaryFolder()
    let result = try run(
      OVATool.path, ["check"] + options + ["/nonexistent.ova"], in: folder.path)
    #expect(result.status == 2)
    #expect(result.output.isEmpty)
    #expect(result.errorText.contains(words), "\(result.errorText)")
    #expect(try folder.names().isEmpty)
  }

  /// Ways to name a file twice: two reports, and a report and what the run reads.
  @Test(arguments: [
    (["--format", "sarif=x", "--format", "junit=./x"], "./x"),
    (["--format", "sarif=x", "-o", "sub/../x"], "sub/../x"),
    (["--format", "sarif=@/x", "--format", "junit=link/x"], "link/x"),
    (["--format", "sarif=x", "--write-baseline", "./x"], "./x"),
    (["-o", "web.ova"], "web.ova"), (["-o", "./sub/../web.ova"], "./sub/../web.ova"),
    (["--format", "json=@/web.ova"], "@/web.ova"), (["-o", "link/web.ova"], "link/web.ova"),
    (["--write-baseline", "web.ova"], "web.ova"),
    (["-o", "known.json", "--baseline", "known.json"], "known.json"),
    (["-o", "list", "--paths-from", "list"], "list"), (["-o", "ova.yaml"], "ova.yaml"),
    (["-o", "mine.yaml", "--ignore-file", "mine.yaml"], "mine.yaml"),
  ])
  func `nothing is written over what is read, nor two reports over each other`(
    options: [String], name: String
  ) throws {
    let folder = try TemporaryFolder()
    let package = Array(try Data(contentsOf: URL(filePath: OVATool.sample("good/web.ova"))))
    let files: [(String, [UInt8])] = [
      ("web.ova", package), ("sub/file", []), ("list", Array("web.ova\n".utf8)),
      ("known.json", Array(#"{"schema": "ovakit/baseline/1.0", "findings": []}"#.utf8)),
      ("ova.yaml", Array("color: never\n".utf8)), ("mine.yaml", Array("ignore: []\n".utf8)),
    ]
    for (name, bytes) in files { try folder.write(bytes, to: name) }
    try FileManager.default.createSymbolicLink(
      atPath: folder.path("link"), withDestinationPath: folder.path)
    let before = try folder.names()
    let arguments = (options + ["--force", "web.ova"]).map { $0.replacing("@", with: folder.path) }
    let result = try run(OVATool.path, ["check"] + arguments, in: folder.path)
    #expect(result.status == 2)
    #expect(result.output.isEmpty)
    let path = name.replacing("@", with: folder.path)
    #expect(
      result.errorText.hasPrefix("ova: \(path): cannot write it: this run "), "\(result.errorText)")
    #expect(try folder.names() == before)
    for (name, bytes) in files { #expect(try folder.read(name) == bytes, "\(name)") }
  }

  @Test func `a report that is refused leaves no other`() throws {
    let folder = try TemporaryFolder()
    try folder.write("old", to: "b.xml")
    let result = try OVATool.run(
      "check", "--format", "sarif=\(folder.path("a.sarif"))", "--format",
      "junit=\(folder.path("b.xml"))", OVATool.sample("good/web.ova"))
    #expect(result.status == 2)
    #expect(result.output.isEmpty)
    #expect(result.errorText.contains("there is a file of that name already"))
    #expect(try folder.names() == ["b.xml"])
  }

  @Test(.enabled(if: FaultLibrary.isThere))
  func `a report that cannot be written costs no other`() throws {
    let folder = try TemporaryFolder()
    for name in ["good", "full"] {
      try FileManager.default.createDirectory(
        atPath: folder.path(name), withIntermediateDirectories: true)
    }
    let result = try run(
      OVATool.path,
      [
        "check", "--format", "sarif=\(folder.path("good/a.sarif"))", "--format",
        "junit=\(folder.path("full/b.xml"))", OVATool.sample("broken/truncated.ova"),
      ],
      environment: FaultLibrary.environment("write:1+:ENOSPC", under: folder.path("full")))
    #expect(result.status == 4)
    #expect(result.text.contains("[member-truncated]"))
    #expect(result.errorText.contains(folder.path("full/b.xml")))
    #expect(result.errorText.contains("No space left on device"))
    #expect(try folder.names("good") == ["a.sarif"])
    #expect(try folder.names("full").isEmpty)
  }

  @Test func `paths are relative to the checkout of the build machine`() throws {
    let folder = try TemporaryFolder()
    let bytes = try Data(contentsOf: URL(filePath: OVATool.sample("broken/truncated.ova")))
    try folder.write(Array(bytes), to: "repository/images/a b.ova")
    for (variables, path) in [
      ([:], "images/a%20b.ova"), (["GITHUB_WORKSPACE": folder.path], "repository/images/a%20b.ova"),
      (["CI_PROJECT_DIR": folder.path("elsewhere")], "images/a%20b.ova"),
    ] {
      for argument in ["images/a b.ova", folder.path("repository/images/a b.ova")] {
        let result = try OVATool.run(
          "check", "--format", "sarif", argument, in: folder.path("repository"),
          environment: ["GITHUB_WORKSPACE": "", "CI_PROJECT_DIR": ""].merging(variables) { $1 })
        let run = try #require((result.object()["runs"] as? [[String: Any]])?.first)
        let artifact = (run["artifacts"] as? [[String: Any]])?.first
        let location = artifact?["location"] as? [String: Any]
        #expect(location?["uri"] as? String == path, "\(argument)")
      }
    }
  }

  @Test func `a fingerprint survives another line and another digest`() throws {
    let folder = try TemporaryFolder()
    func fingerprints(_ edit: (inout PackageFiles) throws -> Void) throws -> [String] {
      var files = try PackageFiles()
      files.replace("vmx-13", "vmx-999", in: "web.ovf")
      try edit(&files)
      _ = try files.write(to: folder, "package")
      let result = try OVATool.run(
        "check", "--no-digests", "--format", "gitlab", "package/web.ovf", in: folder.path)
      let issues = try #require(try result.json() as? [[String: Any]])
      return issues.compactMap { $0["fingerprint"] as? String }
    }
    let first = try fingerprints { _ in }
    #expect(!first.isEmpty)
    let moved = try fingerprints {
      $0.replace("<References>", "\n\n\n<References>", in: "web.ovf")
    }
    #expect(moved == first)
  }

  @Test func `GitHub's limit is told on standard error too`() throws {
    let folder = try TemporaryFolder()
    for number in 0..<12 {
      try folder.write("no archive", to: "\(number).ova")
    }
    let result = try run(
      OVATool.path, ["check", "--format", "github"] + (0..<12).map { "\($0).ova" },
      in: folder.path)
    #expect(result.status == 1)
    #expect(result.errorText.hasPrefix("ova: 2 errors without an annotation: GitHub shows 10"))
    #expect(result.text.split(separator: "\n").count { $0.hasPrefix("::error ") } == 10)
  }

  @Test func `a confined check writes the same reports`() throws {
    let folder = try TemporaryFolder()
    let paths = [OVATool.sample("broken/truncated.ova"), OVATool.sample("good/shop.ova")]
    for format in Self.formats {
      let plain = try run(
        OVATool.path, ["check", "--target", "virtualbox", "--format", format] + paths)
      let confined = try run(
        OVATool.path,
        [
          "check", "--sandbox", "--target", "virtualbox", "--format", format, "--format",
          "concise=\(folder.path(format))",
        ] + paths)
      #expect(confined.output == plain.output, "\(format): \(confined.errorText)")
      #expect(confined.status == plain.status)
    }
  }
}

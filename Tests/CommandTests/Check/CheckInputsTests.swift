import Foundation
import OVATestSupport
import Testing

/// Tests of the packages that `ova check` selects.
@Suite struct CheckInputsTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    let good = Array(try Data(contentsOf: URL(filePath: OVATool.sample("good/web.ova"))))
    for name in ["tree/b.ova", "tree/a/x y.ova", "tree/.hidden/c.ova", "tree/a/é.ova"] {
      try folder.write(good, to: name)
    }
    _ = try PackageFiles().write(to: folder, "tree/folder package")
    try folder.write("text", to: "tree/notes.txt")
  }

  private func paths(_ arguments: String..., input: [UInt8] = []) throws -> [String] {
    let result = try run(
      OVATool.path, ["check", "--format", "json"] + arguments, in: folder.path, input: input)
    let packages = try #require(result.object()["packages"] as? [[String: Any]], "\(result)")
    return packages.compactMap { $0["path"] as? String }
  }

  @Test func `a folder stands for every package in it, as a scan finds them`() throws {
    let expected = [
      "tree/a/x y.ova", "tree/a/é.ova", "tree/b.ova", "tree/folder package/web.ovf",
    ]
    #expect(try paths("tree") == expected)
    #expect(try paths("tree/") == expected)
    #expect(try paths("tree", "--jobs", "1") == expected)
    #expect(try paths(".") == expected)
    #expect(try paths("tree/b.ova", "tree/a") == ["tree/b.ova"] + expected.prefix(2))
  }

  @Test func `a folder that is a package is one`() throws {
    #expect(try paths("tree/folder package") == ["tree/folder package"])
    let result = try OVATool.run("check", "tree/folder package", in: folder.path)
    #expect(result.status == 0)
    #expect(result.text.hasPrefix("tree/folder package  good"))
  }

  @Test func `of an empty folder it is said that it is no package`() throws {
    try FileManager.default.createDirectory(
      atPath: folder.path("empty"), withIntermediateDirectories: true)
    let result = try OVATool.run("check", "empty", in: folder.path)
    #expect(result.status == 1)
    #expect(result.text.contains("there is no descriptor (.ovf) in it"))
  }

  @Test func `links that lead nowhere or out of the folder are told, and the rest is checked`()
    throws
  {
    let links = [("broken.ova", "nowhere.ova"), ("out.ova", OVATool.sample("good/web.ova"))]
    for (name, target) in links {
      try FileManager.default.createSymbolicLink(
        atPath: folder.path("tree/\(name)"), withDestinationPath: target)
    }
    try FileManager.default.createSymbolicLink(
      atPath: folder.path("tree/notes"), withDestinationPath: "nowhere")
    let result = try OVATool.run("check", "tree", in: folder.path)
    #expect(result.status == 3)
    #expect(result.text.contains("tree/broken.ova: cannot look at it: the link leads nowhere"))
    #expect(result.text.contains("tree/out.ova: cannot look at it: the link leads out of"))
    #expect(result.text.contains("fix: name the file that the link leads to"))
    #expect(result.text.contains("tree/b.ova  good"))
    #expect(result.text.contains("6 packages, "))
  }

  @Test func `lists name packages, a line or a NUL each`() throws {
    let names = ["tree/b.ova", "tree/a/x y.ova"]
    let lines = names.joined(separator: "\n")
    try folder.write(lines, to: "list")
    #expect(try paths("--paths-from", "list") == names)
    #expect(try paths("--paths-from", "-", input: Array((lines + "\n\n").utf8)) == names)
    let windows = names.map { $0 + "\r\n" }.joined()
    #expect(try paths("--paths-from", "-", input: Array(windows.utf8)) == names)
    let nulls = Array(names.map { $0 + "\0" }.joined().utf8)
    for flag in ["-0", "--null"] {
      #expect(try paths("--paths-from", "-", flag, input: nulls) == names)
    }
    #expect(try paths("tree/a/é.ova", "--paths-from", "list") == ["tree/a/é.ova"] + names)
    #expect(try paths("--paths-from", "-", input: Array("tree/a\n".utf8)).count == 2)
    let piped = try run(
      "bash",
      ["-c", "\"$0\" check --format concise --paths-from <(find tree -name b.ova)", OVATool.path],
      in: folder.path)
    #expect(piped.status == 0, "\(piped.errorText)")
  }

  @Test func `a name with a line feed or of other bytes is named by a NUL`() throws {
    let good = Array(try Data(contentsOf: URL(filePath: OVATool.sample("good/web.ova"))))
    try folder.write(good, to: "odd/a\nb.ova")
    #expect(
      try paths("--paths-from", "-", "-0", input: Array("odd/a\nb.ova\0".utf8)) == ["odd/a\nb.ova"])
    let name: [UInt8] = Array("odd/".utf8) + [0xE9] + Array(".ova".utf8)
    #expect(
      try paths("--paths-from", "-", input: name + [0x0A]) == ["odd/\\xE9.ova"])
  }

  @Test func `none, one and several packages give one shape of JSON`() throws {
    for (input, count) in [("", 0), ("tree/b.ova\n", 1), ("tree/b.ova\ntree/b.ova\n", 2)] {
      let result = try OVATool.run(
        "check", "--format", "json", "--paths-from", "-", in: folder.path,
        input: Array(input.utf8))
      #expect(result.status == 0)
      let document = try result.object()
      #expect(document["schema"] as? String == "ovakit/check/1.4")
      #expect((document["packages"] as? [Any])?.count == count)
      let summary = document["summary"] as? [String: Any]
      #expect(summary?["packages"] as? Int == count)
    }
  }

  @Test(arguments: ReportFormatTests.formats)
  func `a run without packages writes a whole report`(format: String) throws {
    let result = try OVATool.run("check", "--format", format, "--paths-from", "-")
    #expect(result.status == 0)
    switch format {
    case "json", "sarif", "gitlab", "ndjson": _ = try result.json()
    case "junit": #expect(result.text.hasSuffix("</testsuites>\n"))
    case "concise": #expect(result.output.isEmpty)
    default: #expect(result.text.contains("0 packages, nothing found"))
    }
  }

  @Test(arguments: [
    (["--paths-from", "nowhere"], "--paths-from nowhere: "), (["-0", "a.ova"], "--null goes with"),
    (["-", "--paths-from", "-"], "can be read once"), ([], "Name at least one package"),
  ])
  func `what names no packages is refused`(arguments: [String], words: String) throws {
    let result = try run(OVATool.path, ["check"] + arguments, in: folder.path)
    #expect(result.status == 2)
    #expect(result.errorText.contains(words), "\(result.errorText)")
  }

  @Test func `results are in the order of the packages for any number of jobs`() throws {
    let broken = Array(try Data(contentsOf: URL(filePath: OVATool.sample("broken/truncated.ova"))))
    for number in 0..<30 {
      try folder.write(number.isMultiple(of: 3) ? broken : [], to: "many/\(number).ova")
    }
    let texts = try ["1", "2", "7", "64"].map { jobs in
      try OVATool.run("check", "--jobs", jobs, "many", in: folder.path).text
    }
    #expect(texts[0].contains("30 packages, "))
    #expect(Set(texts).count == 1)
  }
}

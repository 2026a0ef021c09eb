import Foundation
import OVARules
import OVATestSupport
import Testing

/// Validates each line of a file against a schema; all in one process. `strict` refuses members that
/// the schema does not describe, which readers are told to ignore.
private let validator = """
  import json, sys
  from jsonschema import Draft202012Validator
  schema = json.load(open(sys.argv[1]))
  Draft202012Validator.check_schema(schema)
  def close(part):
      if isinstance(part, dict):
          if "properties" in part: part.setdefault("additionalProperties", False)
          for value in part.values(): close(value)
      elif isinstance(part, list):
          for value in part: close(value)
  if sys.argv[3] == "strict": close(schema)
  def versions(part):
      if isinstance(part, dict):
          if str(part.get("pattern", "")).startswith("^ovakit/"): yield part["examples"][0]
          for value in part.values(): yield from versions(value)
      elif isinstance(part, list):
          for value in part: yield from versions(value)
  told = set(versions(schema))
  validator = Draft202012Validator(schema)
  count = 0
  for line in open(sys.argv[2], encoding="utf-8"):
      document = json.loads(line)
      count += 1
      if told != {document.get("schema")}: print("version", told, document.get("schema"))
      for error in list(validator.iter_errors(document))[:3]:
          path = "/".join(str(part) for part in error.absolute_path)
          print(document.get("path"), path, error.message[:300])
  print(count, "documents")
  """

/// A Python that has `jsonschema`: scripts/test installs Debian's.
private let python = ["python3", "/usr/bin/python3"].first { python in
  (try? run(python, ["-c", "import jsonschema"]).status) == 0
}

/// The schema's errors about the documents, one a line; none means that they are valid.
/// - Parameter isStrict: whether members that the schema does not describe are refused.
func complaints(
  _ schema: String, about documents: [UInt8], isStrict: Bool = true
) throws -> [Substring] {
  let python = try #require(python, "no python3 has jsonschema; scripts/test installs it")
  let folder = try TemporaryFolder()
  let script = try folder.write(validator, to: "validate.py")
  let data = try folder.write(documents, to: "documents.ndjson")
  let result = try run(
    python,
    [
      script, OVATool.project.appendingPathComponent("docs/schema/\(schema)").path, data,
      isStrict ? "strict" : "plain",
    ],
    environment: ["PYTHONUTF8": "1"])
  let lines = result.text.split(separator: "\n")
  let count = documents.count { $0 == UInt8(ascii: "\n") }
  #expect(result.status == 0, "\(result.errorText)")
  #expect(lines.last == "\(count) documents")
  return lines.dropLast()
}

@Suite struct SchemaTests {
  static let samples = [
    "good/web.ova", "good/shop.ova", "good/sizes.ova", "good/database", "broken/missing-disk.ova",
    "broken/wrong-digest.ova", "broken/truncated.ova",
  ].map(OVATool.sample)

  @Test func whatInspectWritesIsAsItsSchemaSays() throws {
    let result = try run(OVATool.path, ["inspect", "--format", "ndjson"] + Self.samples)
    #expect(try complaints("inspect-1.schema.json", about: result.output) == [])
  }

  @Test func whatCheckWritesIsAsItsSchemaSays() throws {
    let paths = Self.samples + ["/nonexistent.ova"]
    let lines = try run(OVATool.path, ["check", "--format", "ndjson"] + paths)
    #expect(try complaints("check-line-1.schema.json", about: lines.output) == [])
    let whole = try run(OVATool.path, ["check", "--format", "json"] + paths)
    let line = try JSONSerialization.data(withJSONObject: whole.json())
    #expect(try complaints("check-1.schema.json", about: Array(line) + [0x0A]) == [])
  }

  @Test func whatIsToldOfACatalogIsAsItsSchemasSay() throws {
    let folder = try TemporaryFolder()
    let database = folder.path("catalog.sqlite")
    for name in ["a.ova", "b.ova", "broken.ova"] {
      let sample = name == "broken.ova" ? "broken/truncated.ova" : "good/web.ova"
      let bytes = try Data(contentsOf: URL(fileURLWithPath: OVATool.sample(sample)))
      try folder.write(Array(bytes), to: "tree/\(name)")
    }
    try folder.write("x", to: "tree/c.ova.part")
    let scan = ["scan", "--db", database, "--settle", "0"]
    try run(OVATool.path, scan + [folder.path("tree"), "--data-store", "ds"])
    var page = try Data(contentsOf: URL(fileURLWithPath: folder.path("tree/a.ova")))
    page.replaceSubrange(page.count - 2000..<page.count - 1990, with: Data(repeating: 1, count: 10))
    try folder.write(Array(page), to: "tree/a.ova")
    try FileManager.default.removeItem(atPath: folder.path("tree/b.ova"))
    try run(OVATool.path, scan)
    for (name, arguments) in [
      ("audit", ["report"]), ("audit", ["report", "--packages", "1", "--naming-policy", "x"]),
      ("catalog-diff", ["catalog", "diff"]), ("catalog-diff", ["catalog", "diff", "0"]),
    ] {
      let result = try run(OVATool.path, arguments + ["--db", database, "--format", "json"])
      let line = try JSONSerialization.data(withJSONObject: result.json())
      #expect(
        try complaints("\(name)-1.schema.json", about: Array(line) + [0x0A]) == [], "\(arguments)")
    }
  }

  @Test func whatIsWrittenOfADiskIsAsItsSchemaSays() throws {
    let disk = OVATool.sample("good/database/database-disk1.vmdk")
    for options in [[], ["--deep", "--map"]] {
      let result = try run(OVATool.path, ["disk", "--format", "ndjson"] + options + [disk])
      #expect(try complaints("disk-1.schema.json", about: result.output) == [])
    }
  }

  @Test func whatTheOtherCommandsWriteIsAsTheirSchemasSay() throws {
    let disk = OVATool.sample("good/database/database-disk1.vmdk")
    var documents: [String: [UInt8]] = [:]
    for (name, arguments) in [
      ("rules", ["rules"]), ("disk-run", ["disk", disk]), ("disk-run", ["disk", "/nonexistent"]),
      ("inspect-run", ["inspect"] + Self.samples), ("inspect-run", ["inspect", "/nonexistent"]),
      ("config", ["config"]), ("config", ["config", "check.fail_on"]),
      ("diff", ["diff", Self.samples[0], Self.samples[2]]), ("fix", ["fix", Self.samples[0]]),
      ("fix", ["fix", Self.samples[4]]), ("rules", ["explain", "file-missing"]),
      ("check", ["check", "--target", "all", Self.samples[0], Self.samples[2]]),
      ("messages", ["explain", "--messages", "all"]),
      ("messages", ["explain", "VERR_TAR_UNSUPPORTED_PAX_TYPE"]),
      ("messages", ["explain", "Entrada de manifiesto de OVF no válida"]),
      ("messages", ["explain", "something else altogether"]),
      (
        "messages",
        ["explain", "SHA1 digest of file a does not match manifest", "--package", Self.samples[0]]
      ),
    ] {
      let result = try run(OVATool.path, arguments + ["--format", "json"])
      documents[name, default: []] +=
        try JSONSerialization.data(withJSONObject: result.json()) + [0x0A]
    }
    #expect(documents.count == 8)
    for (name, lines) in documents {
      #expect(try complaints("\(name)-1.schema.json", about: lines) == [], "\(name)")
    }
  }

  @Test func theSchemaRefusesWhatIsMissingAndLetsAdditionsBe() throws {
    var object = try OVATool.run("inspect", "--format", "json", OVATool.sample("good/web.ova"))
      .object()
    func complaints(isStrict: Bool) throws -> Int {
      let line = try JSONSerialization.data(withJSONObject: object)
      return try CommandTests.complaints(
        "inspect-1.schema.json", about: Array(line) + [0x0A], isStrict: isStrict
      ).count
    }
    object["surprise"] = 1
    #expect(try complaints(isStrict: false) == 0)
    #expect(try complaints(isStrict: true) == 1)
    object["envelope"] = nil
    #expect(try complaints(isStrict: false) == 1)
  }

  /// The packages of all rules' examples that show a finding, in folders of their own.
  private static func examples() throws -> [(folder: TemporaryFolder, path: String)] {
    try Rule.all.flatMap(\.triggering).map { example in
      let folder = try TemporaryFolder()
      return (folder, try ExamplePackage(example).write(example.form, to: folder))
    }
  }

  @Test func whatIsWrittenOfEveryExampleIsAsTheSchemasSay() throws {
    let examples = try Self.examples()
    defer { withExtendedLifetime(examples) {} }
    let paths = examples.map(\.path)
    let inspected = try run(OVATool.path, ["inspect", "--format", "ndjson"] + paths)
    #expect(inspected.output.count { $0 == 0x0A } > paths.count * 9 / 10)
    let faults = try complaints("inspect-1.schema.json", about: inspected.output)
    #expect(faults == [], "\(faults)")
    let checked = try run(OVATool.path, ["check", "--format", "ndjson", "--deep"] + paths)
    #expect(packages(in: checked) == paths.count)
    #expect(try complaints("check-line-1.schema.json", about: checked.output) == [])
    let disks = paths.map { path in
      URL(fileURLWithPath: path).deletingLastPathComponent().appending(path: "web-disk1.vmdk").path
    }.filter { FileManager.default.fileExists(atPath: $0) }
    let looked = try run(OVATool.path, ["disk", "--deep", "--map", "--format", "ndjson"] + disks)
    #expect(try complaints("disk-1.schema.json", about: looked.output) == [])
    // One process for each: a part of them is enough.
    var fixed: [UInt8] = []
    var differing: [UInt8] = []
    for path in paths.enumerated().filter({ $0.offset.isMultiple(of: 12) }).map(\.element) {
      for (command, arguments) in [("fix", [path]), ("diff", [Self.samples[0], path])] {
        let result = try run(OVATool.path, [command] + arguments + ["--format", "json"])
        guard !result.output.isEmpty else { continue }
        let line = try JSONSerialization.data(withJSONObject: result.json()) + [0x0A]
        if command == "fix" { fixed += line } else { differing += line }
      }
    }
    #expect(try complaints("fix-1.schema.json", about: fixed) == [])
    #expect(try complaints("diff-1.schema.json", about: differing) == [])
  }

  @Test(.enabled(if: RealDescriptors.arePresent, "the real descriptors are not here"))
  func whatIsWrittenOfEveryRealDescriptorIsAsTheSchemasSay() throws {
    let paths = RealDescriptors.all().map(\.path).filter { $0.hasSuffix(".ovf") }
    let inspected = try run(OVATool.path, ["inspect", "--format", "ndjson"] + paths)
    #expect(inspected.output.count { $0 == 0x0A } > paths.count * 9 / 10)
    #expect(try complaints("inspect-1.schema.json", about: inspected.output) == [])
    let checked = try run(OVATool.path, ["check", "--format", "ndjson", "--no-digests"] + paths)
    #expect(packages(in: checked) == paths.count)
    #expect(try complaints("check-line-1.schema.json", about: checked.output) == [])
  }

  /// The lines of `ova check --format ndjson` that are about packages.
  private func packages(in result: ToolResult) -> Int {
    result.text.split(separator: "\n").count { $0.contains("\"type\":\"package\"") }
  }
}

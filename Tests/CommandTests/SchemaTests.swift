import Foundation
import OVATestSupport
import Testing

/// Validates each line of a file against a schema; all in one process.
private let validator = """
  import json, sys
  from jsonschema import Draft202012Validator
  schema = json.load(open(sys.argv[1]))
  Draft202012Validator.check_schema(schema)
  validator = Draft202012Validator(schema)
  count = 0
  for line in open(sys.argv[2], encoding="utf-8"):
      document = json.loads(line)
      count += 1
      for error in list(validator.iter_errors(document))[:3]:
          path = "/".join(str(part) for part in error.absolute_path)
          print(document.get("path"), path, error.message[:300])
  print(count, "documents")
  """

/// A Python that has `jsonschema`: scripts/test installs Debian's.
private func python() throws -> String {
  for python in ["python3", "/usr/bin/python3"]
  where try run(python, ["-c", "import jsonschema"]).status == 0 {
    return python
  }
  Issue.record("no python3 has jsonschema; scripts/test installs it")
  return "python3"
}

/// What the schema has against the documents, one a line; nothing is good.
func complaints(_ schema: String, about documents: [UInt8]) throws -> [Substring] {
  let folder = try TemporaryFolder()
  let script = try folder.write(validator, to: "validate.py")
  let data = try folder.write(documents, to: "documents.ndjson")
  let result = try run(
    python(), [script, OVATool.project.appendingPathComponent("docs/schema/\(schema)").path, data],
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
    #expect(try complaints("check-1.schema.json", about: lines.output) == [])
    let whole = try run(OVATool.path, ["check", "--format", "json"] + paths)
    let line = try JSONSerialization.data(withJSONObject: whole.json())
    #expect(try complaints("check-1.schema.json", about: Array(line) + [0x0A]) == [])
  }

  @Test func whatIsToldOfACatalogueIsAsItsSchemasSay() throws {
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

  @Test func whatTheOtherCommandsWriteIsAsTheirSchemasSay() throws {
    let disk = OVATool.sample("good/database/database-disk1.vmdk")
    for (name, arguments) in [
      ("rules", ["rules"]), ("disk", ["disk", disk]), ("disk", ["disk", "--deep", "--map", disk]),
      ("diff", ["diff", Self.samples[0], Self.samples[2]]), ("fix", ["fix", Self.samples[0]]),
      ("fix", ["fix", Self.samples[4]]),
    ] {
      let result = try run(OVATool.path, arguments + ["--format", "json"])
      let line = try JSONSerialization.data(withJSONObject: result.json())
      #expect(
        try complaints("\(name)-1.schema.json", about: Array(line) + [0x0A]) == [], "\(arguments)")
    }
  }

  @Test func theSchemaRefusesWhatItDoesNotKnow() throws {
    var object = try OVATool.run("inspect", "--format", "json", OVATool.sample("good/web.ova"))
      .object()
    object["envelope"] = nil
    object["surprise"] = 1
    let line = try JSONSerialization.data(withJSONObject: object)
    #expect(try complaints("inspect-1.schema.json", about: Array(line) + [0x0A]).count == 2)
  }

  @Test(.enabled(if: RealDescriptors.arePresent, "the real descriptors are not here"))
  func whatIsWrittenOfEveryRealDescriptorIsAsTheSchemasSay() throws {
    let paths = RealDescriptors.all().map(\.path).filter { $0.hasSuffix(".ovf") }
    let inspected = try run(OVATool.path, ["inspect", "--format", "ndjson"] + paths)
    #expect(inspected.output.count { $0 == 0x0A } > paths.count * 9 / 10)
    #expect(try complaints("inspect-1.schema.json", about: inspected.output) == [])
    let checked = try run(OVATool.path, ["check", "--format", "ndjson", "--no-digests"] + paths)
    #expect(checked.output.count { $0 == 0x0A } == paths.count)
    #expect(try complaints("check-1.schema.json", about: checked.output) == [])
  }
}

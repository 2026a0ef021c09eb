import OVABasics

/// A JSON document on a line for each package, for each of its findings, and for the sum.
///
/// The shape is published as `docs/schema/check-line-1.schema.json`.
struct LinesWriter: CheckWriter {
  /// The document's name and version; additions raise the second number.
  static let schema = "ovakit/check-line/1.0"

  func write(_ result: CheckResult) -> [UInt8] {
    let findings = result.all.map { entry in
      line("finding", [("path", .string(result.path))] + CheckJSON.members(entry))
    }
    let package = line(
      "package", CheckJSON.members(result.with([])).filter { $0.key != "findings" })
    return ([package] + findings).flatMap(\.self)
  }

  func end(_ sum: CheckSum) -> [UInt8] { line("summary", CheckJSON.members(sum)) }

  private func line(_ type: String, _ members: [(key: String, value: JSON)]) -> [UInt8] {
    JSON.object([("schema", .string(Self.schema)), ("type", .string(type))] + members).bytes()
      + [UInt8(ascii: "\n")]
  }
}

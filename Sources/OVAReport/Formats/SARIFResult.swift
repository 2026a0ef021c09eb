import OVABasics
import OVAPolicy
import OVARules

/// One result of a SARIF run.
struct SARIFResult {
  let entry: ReportEntry
  /// The identity from one run to the next.
  let fingerprint: FindingFingerprint
  let location: ReportLocation
  /// The index of its file among the run's artifacts.
  let artifact: Int
  /// The package's path as it was given.
  let package: String

  /// The object's members but the rule.
  var members: [(key: String, value: JSON)] {
    let finding = entry.finding
    let place = finding.place.inside(location.member).map { "\($0): " } ?? ""
    var members: [(key: String, value: JSON)] = [
      ("level", .string(Self.level(finding.severity))),
      ("message", ["text": .string(Self.text(place + finding.message))]),
      ("locations", .array([.object(locationMembers)])),
      // GitHub matches alerts by the first alone; it stays the same when lines move.
      (
        "partialFingerprints",
        [
          "primaryLocationLineHash": .string(fingerprint.text + ":1"),
          "ovaFinding/v1": .string(fingerprint.text),
        ]
      ),
      ("suppressions", .array(suppressions)),
    ]
    var properties: [(key: String, value: JSON)] = [
      ("package", .string(package.forDisplay)),
      ("place", .string(finding.place.description.forDisplay)),
      ("fix", .string(finding.fix.forDisplay)), ("fixable", .bool(entry.isFixable)),
    ]
    if let expected = finding.expected {
      properties.append(("expected", .string(expected.forDisplay)))
    }
    if let found = finding.found { properties.append(("found", .string(found.forDisplay))) }
    if case .target(let id) = entry.kind { properties.append(("target", .string(id))) }
    members.append(("properties", .object(properties)))
    return members
  }

  /// The severity as SARIF names it.
  static func level(_ severity: Severity) -> String {
    switch severity {
    case .error: "error"
    case .warning: "warning"
    case .info: "note"
    }
  }

  /// A plain text message, in which brackets before parentheses would be a link (3.11.6).
  static func text(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    let scalars = Array(text.forDisplay.unicodeScalars)
    for (index, scalar) in scalars.enumerated() {
      if scalar == "]", index + 1 < scalars.count, scalars[index + 1] == "(" {
        result.append("\\")
      }
      result.append(scalar)
    }
    return String(result)
  }

  private var locationMembers: [(key: String, value: JSON)] {
    // GitHub wants a line; of a binary file the first stands for all of it.
    var region: [(key: String, value: JSON)] = [("startLine", .number(location.line ?? 1))]
    if let column = location.column { region.append(("startColumn", .number(column))) }
    var members: [(key: String, value: JSON)] = [
      (
        "physicalLocation",
        [
          "artifactLocation": [
            "uri": .string(location.uri), "uriBaseId": "%SRCROOT%", "index": .number(artifact),
          ],
          "region": .object(region),
        ]
      )
    ]
    if let member = location.member {
      members.append(
        (
          "logicalLocations",
          .array([
            [
              "name": .string(member.forDisplay), "kind": "member",
              "fullyQualifiedName": .string(entry.finding.place.description.forDisplay),
            ]
          ])
        ))
    }
    return members
  }

  private var suppressions: [JSON] {
    guard let suppression = entry.suppression else { return [] }
    var members: [(key: String, value: JSON)] = [
      ("kind", "external"), ("status", "accepted"),
    ]
    let reason = suppression.reason ?? "suppressed by \(suppression.kind.words)"
    members.append(("justification", .string(reason.forDisplay)))
    return [.object(members)]
  }
}

/// The files of a run: packages, and the members of archives as parts of them.
struct SARIFArtifacts {
  /// The objects, in the order of their indices.
  private(set) var all: [JSON] = []
  private var indices: [ExactName: Int] = [:]

  /// Adds a package.
  mutating func add(package uri: String) { _ = index(of: uri, role: "analysisTarget") }

  /// The index of the file that is there, and adds the member of it.
  mutating func index(of location: ReportLocation) -> Int {
    let index = index(of: location.uri, role: nil)
    guard let member = location.member else { return index }
    let key = ExactName("\(location.uri)\0\(member)")
    if indices[key] == nil {
      indices[key] = all.count
      all.append([
        "location": ["description": ["text": .string(SARIFResult.text(member))]],
        "parentIndex": .number(index),
      ])
    }
    return index
  }

  private mutating func index(of uri: String, role: String?) -> Int {
    let key = ExactName(uri)
    if let known = indices[key] { return known }
    indices[key] = all.count
    var members: [(key: String, value: JSON)] = [
      ("location", ["uri": .string(uri), "uriBaseId": "%SRCROOT%"])
    ]
    if let role { members.append(("roles", .texts([role]))) }
    all.append(.object(members))
    return all.count - 1
  }
}

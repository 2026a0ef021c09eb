import OVABasics
import OVAPolicy
import OVARules

/// Findings that say the same, of several places.
struct FindingGroup {
  /// The first of them.
  let first: CheckFinding
  /// The places of all, in their order.
  private(set) var places: [Place]

  /// The properties that equal findings have in common: all but the place.
  private struct Key: Hashable {
    let texts: [String?]
    let severity: Severity
    let isFixable: Bool
    let suppression: Suppression?

    init(_ entry: CheckFinding) {
      let finding = entry.finding
      texts = [finding.rule, finding.message, finding.expected, finding.found, finding.fix]
      severity = finding.severity
      isFixable = entry.isFixable
      suppression = entry.suppression
    }
  }

  /// Findings sorted as a person reads them, the most severe first and then by place, with equal
  /// ones gathered at the place of their first.
  static func all(of findings: [CheckFinding]) -> [FindingGroup] {
    let sorted = findings.sorted { a, b in
      a.finding.severity == b.finding.severity
        ? a.finding < b.finding : a.finding.severity > b.finding.severity
    }
    var groups: [FindingGroup] = []
    var indices: [Key: Int] = [:]
    for entry in sorted {
      let key = Key(entry)
      if let index = indices[key] {
        groups[index].places.append(entry.finding.place)
      } else {
        indices[key] = groups.count
        groups.append(FindingGroup(first: entry, places: [entry.finding.place]))
      }
    }
    return groups
  }

  /// The places, those in one file together: `web.ovf:12, 15, 18:7`.
  var placeLines: [String] {
    var lines: [String] = []
    var file: String?
    for place in places {
      if let known = file, known.isExactly(place.file), let position = place.shortPosition {
        lines[lines.count - 1] += ", " + position
      } else {
        file = place.file
        lines.append(place.description)
      }
    }
    return lines
  }
}

extension Place {
  /// The position without the file: `12`, `12:7`, `@1024`.
  fileprivate var shortPosition: String? {
    if let line { return column.map { "\(line):\($0)" } ?? "\(line)" }
    return offset.map { "@\($0)" }
  }
}

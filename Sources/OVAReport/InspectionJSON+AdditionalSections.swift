import OVABasics
import OVFDescriptor

extension InspectionJSON {
  /// What stands in a section that version 2 added; null for all others, whose contents have places
  /// of their own in the document.
  func contentJSON(_ body: Section.Body) -> JSON {
    switch body {
    case .environmentFiles(let files):
      [
        "files": .list(files) {
          [
            "file_ref": .text($0.fileReference?.text), "path": .text($0.path?.text),
            "line": .number($0.place.line),
          ]
        }
      ]
    case .bootDevice(let configurations):
      [
        "boot": .list(configurations) { configuration in
          [
            "sources": .list(configuration.sources) {
              [
                "instance_id": .text($0.instanceID), "device": .text($0.device),
                "line": .number($0.place.line),
              ]
            },
            "line": .number(configuration.place.line),
          ]
        }
      ]
    case .scaleOut(let scaleOut):
      [
        "id": .text(scaleOut.id?.text), "description": .text(text(scaleOut.description)),
        "counts": .list(scaleOut.counts, countJSON),
      ]
    case .placementGroup(let group):
      [
        "id": .text(group.id?.text), "policy": .text(group.policy?.text),
        "description": .text(text(group.description)),
      ]
    case .placement(let group): ["group": .text(group?.text)]
    case .encryption(let encryption):
      [
        "keys": .list(encryption.keys) {
          ["references": .texts($0.references.map(\.text)), "line": .number($0.place.line)]
        }
      ]
    default: .null
    }
  }

  private func countJSON(_ count: ScaleOut.InstanceCount) -> JSON {
    [
      "minimum": value(count.minimum) { .unsigned(UInt64($0)) },
      "default": value(count.initial) { .unsigned(UInt64($0)) },
      "maximum": value(count.maximum) { .unsigned(UInt64($0)) },
      "configurations": count.configurations.map { .texts($0.value ?? []) } ?? .null,
      "line": .number(count.place.line),
    ]
  }
}

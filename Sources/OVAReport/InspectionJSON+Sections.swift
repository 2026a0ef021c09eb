import OVABasics
import OVAPackage
import OVFDescriptor
import OVFXML

extension InspectionJSON {
  /// What envelopes, machines and collections may all have.
  func commonMembers(_ sections: [Section]) -> [(key: String, value: JSON)] {
    var annotations: [String] = []
    var licenses: [String] = []
    var starts: [StartupItem] = []
    var resources: [Item] = []
    var install = JSON.null
    for section in sections {
      switch section.body {
      case .annotation(let message): annotations += text(message).map { [$0] } ?? []
      case .eula(let license): licenses += text(license).map { [$0] } ?? []
      case .startup(let items): starts += items
      case .resourceAllocation(let items): resources += items
      case .install(let delay):
        install = [
          "initial_boot_stop_delay": value(delay) { .unsigned($0) },
          "line": .number(section.place.line),
        ]
      default: break
      }
    }
    return [
      ("annotations", .texts(annotations)), ("eulas", .texts(licenses)), ("install", install),
      ("startup", .list(starts, startupJSON)), ("resources", .list(resources, itemJSON)),
    ]
  }

  private func startupJSON(_ item: StartupItem) -> JSON {
    [
      "id": .text(item.id?.text), "order": value(item.order) { .unsigned(UInt64($0)) },
      "start_delay": value(item.startDelay) { .unsigned($0) },
      "stop_delay": value(item.stopDelay) { .unsigned($0) },
      "start_action": .text(item.startAction?.text),
      "stop_action": .text(item.stopAction?.text),
      "waiting_for_guest": value(item.waitingForGuest) { .bool($0) },
      "line": .number(item.place.line),
    ]
  }

  /// Every section with its owner.
  func sectionsJSON() -> [JSON] {
    owners.flatMap { path, sections in sections.map { sectionJSON($0, owner: path) } }
  }

  private func sectionJSON(_ section: Section, owner: [String]) -> JSON {
    [
      "owner": .texts(owner),
      "name": .string(section.name.local),
      "namespace": .text(section.name.namespace.isEmpty ? nil : section.name.namespace),
      "known": .bool(section.kind != nil),
      "required": .bool(section.isRequired), "info": .text(text(section.info)),
      "content": contentJSON(section.body),
      "other_attributes": attributesJSON(section.otherAttributes),
      "extensions": extensionsJSON(section.extensions),
      "line": .number(section.place.line),
    ]
  }

  /// A hardware section as written: every item of every configuration and bound.
  func hardwareSectionJSON(_ section: HardwareSection) -> JSON {
    [
      "id": .text(section.id?.text),
      "families": .texts(section.families),
      "transports": .texts(section.transports?.value ?? []),
      "system": fieldsJSON(section.system?.fields ?? []),
      "items": .list(section.items, itemJSON),
      "settings": .list(section.settings, settingJSON),
      "line": .number(section.place.line),
    ]
  }

  /// An item as written.
  func itemJSON(_ item: Item) -> JSON {
    [
      "element": .string(item.kind.rawValue),
      "instance_id": .text(item.instanceID),
      "required": .bool(item.required?.value ?? true),
      "configurations": item.configurations.map { .texts($0.value ?? []) } ?? .null,
      "bound": value(item.bound) { .string($0.rawValue) },
      "fields": fieldsJSON(item.fields),
      "settings": .list(item.settings, settingJSON),
      "extensions": extensionsJSON(item.extensions),
      "line": .number(item.place.line),
    ]
  }

  func settingJSON(_ setting: Setting) -> JSON {
    [
      "kind": setting.kind == .config ? "config" : "extra-config",
      "key": .text(setting.key?.text), "value": .text(setting.value?.text),
      "required": .bool(setting.isRequired), "line": .number(setting.place.line),
    ]
  }

  private func fieldsJSON(_ fields: [Field]) -> JSON {
    .list(fields) { field in
      [
        "name": .string(field.name.local), "text": .string(field.text),
        "line": .number(field.place.line),
      ]
    }
  }

  func attributesJSON(_ attributes: [XMLAttribute]) -> JSON {
    .list(attributes) { attribute in
      [
        "name": .string(attribute.name.local), "namespace": .string(attribute.name.namespace),
        "value": .string(attribute.value),
      ]
    }
  }

  func extensionsJSON(_ extensions: [Extension]) -> JSON {
    .list(extensions) { element in
      [
        "name": .string(element.name.local), "namespace": .string(element.name.namespace),
        "required": .bool(element.isRequired), "text": .string(element.element.trimmedText),
        "line": .number(element.place.line),
      ]
    }
  }

  func bundleJSON(_ bundle: MessageBundle) -> JSON {
    [
      "language": .text(bundle.language?.text), "file_ref": .text(bundle.fileReference?.text),
      "read": .bool(bundle.isRead),
      "messages": .list(bundle.messages) { message in
        ["id": .text(message.id?.text), "text": .string(message.text)]
      },
      "line": .number(bundle.place.line),
    ]
  }

  func observationJSON(_ observation: Observation) -> JSON {
    [
      "kind": .string(observation.kind.name), "text": .string(observation.kind.sentence),
      "file": .string(observation.place.file), "line": .number(observation.place.line),
    ]
  }
}

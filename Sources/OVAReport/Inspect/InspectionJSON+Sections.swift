import OVABasics
import OVAPackage
import OVFDescriptor
import OVFXML

extension InspectionJSON {
  /// Writes the members that envelopes, machines and collections may all have.
  func writeCommonMembers(_ sections: [Section], _ json: inout JSONWriter) {
    var annotations: [String] = []
    var licenses: [String] = []
    var starts: [StartupItem] = []
    var resources: [Item] = []
    var install: (delay: SourceValue<UInt64>?, line: Int?)?
    for section in sections {
      switch section.body {
      case .annotation(let message): annotations += text(message).map { [$0] } ?? []
      case .eula(let license): licenses += text(license).map { [$0] } ?? []
      case .startup(let items): starts += items
      case .resourceAllocation(let items): resources += items
      case .install(let delay): install = (delay, section.place.line)
      default: break
      }
    }
    json.texts("annotations", annotations)
    json.texts("eulas", licenses)
    json.object("install", install) { install, json in
      json.value("initial_boot_stop_delay", install.delay)
      json.number("line", install.line)
    }
    json.objects("startup", starts, write(start:_:))
    json.objects("resources", resources, write(item:_:))
  }

  private func write(start: StartupItem, _ json: inout JSONWriter) {
    json.text("id", start.id?.text)
    json.value("order", start.order)
    json.value("start_delay", start.startDelay)
    json.value("stop_delay", start.stopDelay)
    json.text("start_action", start.startAction?.text)
    json.text("stop_action", start.stopAction?.text)
    json.value("waiting_for_guest", start.waitingForGuest)
    json.number("line", start.place.line)
  }

  /// Every section with its owner.
  func writeSections(_ json: inout JSONWriter) {
    json.array("sections") { json in
      for owner in owners {
        for section in owner.sections {
          json.object { write(section: section, owner: owner.path, &$0) }
        }
      }
    }
  }

  private func write(section: Section, owner: [String], _ json: inout JSONWriter) {
    json.texts("owner", owner)
    json.text("name", section.name.local)
    json.text("namespace", section.name.namespace.isEmpty ? nil : section.name.namespace)
    json.flag("known", section.kind != nil)
    json.flag("required", section.isRequired)
    json.text("info", text(section.info))
    writeContent(section.body, &json)
    write(otherAttributes: section.otherAttributes, &json)
    write(extensions: section.extensions, &json)
    json.number("line", section.place.line)
  }

  /// A hardware section as written: every item of every configuration and bound.
  func write(hardwareSection section: HardwareSection, _ json: inout JSONWriter) {
    json.text("id", section.id?.text)
    json.texts("families", section.families)
    json.texts("transports", section.transports?.value ?? [])
    write("system", section.system?.fields ?? [], &json)
    json.objects("items", section.items, write(item:_:))
    json.objects("settings", section.settings, write(setting:_:))
    json.number("line", section.place.line)
  }

  /// An item as written.
  private func write(item: Item, _ json: inout JSONWriter) {
    json.text("element", item.kind.rawValue)
    json.text("instance_id", item.instanceID)
    json.flag("required", item.required?.value ?? true)
    json.configurations(item.configurations)
    json.value("bound", item.bound) { $2.text($0, $1.rawValue) }
    write("fields", item.fields, &json)
    json.objects("settings", item.settings, write(setting:_:))
    write(extensions: item.extensions, &json)
    json.number("line", item.place.line)
  }

  func write(setting: Setting, _ json: inout JSONWriter) {
    json.text("kind", setting.kind == .config ? "config" : "extra-config")
    json.text("key", setting.key?.text)
    json.text("value", setting.value?.text)
    json.flag("required", setting.isRequired)
    json.number("line", setting.place.line)
  }

  private func write(_ key: StaticString, _ fields: [ItemField], _ json: inout JSONWriter) {
    json.objects(key, fields) { field, json in
      json.text("name", field.name.local)
      json.text("text", field.text)
      json.number("line", field.place.line)
    }
  }

  func write(otherAttributes: [XMLAttribute], _ json: inout JSONWriter) {
    json.objects("other_attributes", otherAttributes) { attribute, json in
      json.text("name", attribute.name.local)
      json.text("namespace", attribute.name.namespace)
      json.text("value", attribute.value)
    }
  }

  func write(extensions: [Extension], _ json: inout JSONWriter) {
    json.objects("extensions", extensions) { element, json in
      json.text("name", element.name.local)
      json.text("namespace", element.name.namespace)
      json.flag("required", element.isRequired)
      json.text("text", element.element.trimmedText)
      json.number("line", element.place.line)
    }
  }

  func write(bundle: MessageBundle, _ json: inout JSONWriter) {
    json.text("language", bundle.language?.text)
    json.text("file_ref", bundle.fileReference?.text)
    json.flag("read", bundle.isRead)
    json.objects("messages", bundle.messages) { message, json in
      json.text("id", message.id?.text)
      json.text("text", message.text)
    }
    json.number("line", bundle.place.line)
  }

  func write(diagnostic: DescriptorDiagnostic, _ json: inout JSONWriter) {
    json.text("kind", diagnostic.kind.name)
    json.text("text", diagnostic.kind.sentence)
    json.text("file", diagnostic.place.file)
    json.number("line", diagnostic.place.line)
  }
}

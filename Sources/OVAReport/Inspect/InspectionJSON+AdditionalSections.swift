import OVABasics
import OVFDescriptor

extension InspectionJSON {
  /// Writes the content of a section that version 2 added; null for all others, whose contents have
  /// places of their own in the document.
  func writeContent(_ body: Section.Body, _ json: inout JSONWriter) {
    switch body {
    case .environmentFiles(let files):
      json.object("content") { json in
        json.objects("files", files) { file, json in
          json.text("file_ref", file.fileReference?.text)
          json.text("path", file.path?.text)
          json.number("line", file.place.line)
        }
      }
    case .bootDevice(let configurations):
      json.object("content") { json in
        json.objects("boot", configurations) { configuration, json in
          json.objects("sources", configuration.sources) { source, json in
            json.text("instance_id", source.instanceID)
            json.text("device", source.device)
            json.number("line", source.place.line)
          }
          json.number("line", configuration.place.line)
        }
      }
    case .scaleOut(let scaleOut):
      json.object("content") { json in
        json.text("id", scaleOut.id?.text)
        json.text("description", text(scaleOut.description))
        json.objects("counts", scaleOut.counts, write(count:_:))
      }
    case .placementGroup(let group):
      json.object("content") { json in
        json.text("id", group.id?.text)
        json.text("policy", group.policy?.text)
        json.text("description", text(group.description))
      }
    case .placement(let group): json.object("content") { $0.text("group", group?.text) }
    case .encryption(let encryption):
      json.object("content") { json in
        json.objects("keys", encryption.keys) { key, json in
          json.texts("references", key.references.map(\.text))
          json.number("line", key.place.line)
        }
      }
    default: json.null("content")
    }
  }

  private func write(count: ScaleOut.InstanceCount, _ json: inout JSONWriter) {
    json.value("minimum", count.minimum)
    json.value("default", count.initial)
    json.value("maximum", count.maximum)
    json.configurations(count.configurations)
    json.number("line", count.place.line)
  }
}

import OVABasics
import OVFXML

/// The ids of an envelope; of several with one id the first counts.
struct EnvelopeIndex: Sendable {
  private(set) var files: [ExactName: FileReference] = [:]
  private(set) var filesByHref: [ExactName: FileReference] = [:]
  private(set) var disks: [ExactName: Disk] = [:]
  private(set) var disksByFile: [ExactName: Disk] = [:]
  private(set) var properties: [ExactName: [Property]] = [:]
  private(set) var texts: [ExactName: [MessageText]] = [:]

  /// A text of a bundle in its language.
  struct MessageText: Sendable {
    let language: String?
    let text: String
  }

  init(
    files: [FileReference], disks: [Disk], properties: [Property], bundles: [MessageBundle]
  ) {
    for file in files {
      if let id = file.id?.text { self.files.keepFirst(file, ExactName(id)) }
      if let href = file.href?.text { filesByHref.keepFirst(file, ExactName(href)) }
    }
    for disk in disks {
      if let id = disk.id?.text { self.disks.keepFirst(disk, ExactName(id)) }
      if let file = disk.fileReference?.text { disksByFile.keepFirst(disk, ExactName(file)) }
    }
    for property in properties {
      if let key = property.key?.text {
        self.properties[ExactName(key), default: []].append(property)
      }
    }
    for property in properties {
      guard let full = property.fullKey, property.key?.text.isExactly(full) == false
      else { continue }
      self.properties[ExactName(full), default: []].append(property)
    }
    for bundle in bundles {
      for message in bundle.messages {
        guard let id = message.id?.text else { continue }
        texts[ExactName(id), default: []].append(
          MessageText(language: bundle.language?.text, text: message.text))
      }
    }
  }
}

extension Dictionary {
  fileprivate mutating func keepFirst(_ value: Value, _ key: Key) {
    if self[key] == nil { self[key] = value }
  }
}

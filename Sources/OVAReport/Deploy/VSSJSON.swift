package import OVABasics
package import OVAPackage
import OVFDescriptor

/// Writes a package in the format of `vss-cli ovf get`: keys that have nothing are left out,
/// numbers stay the texts of the descriptor.
///
/// Where that client loses data (several product sections, texts in message bundles, machines in
/// collections, prefixes other than `ovf:`), the data are here; defaults of passwords are null.
package struct VSSJSON {
  private let package: Package
  private let locale: String?

  package init(_ package: Package, locale: String? = nil) {
    self.package = package
    self.locale = locale
  }

  private var envelope: Envelope { package.envelope }

  /// The document.
  package func json() -> JSON {
    var members: [(key: String, value: JSON)] = []
    func add(_ key: String, _ list: [JSON]) {
      if !list.isEmpty { members.append((key, .array(list))) }
    }
    add("Files", envelope.files.map(file))
    add("Disks", envelope.disks.map(disk))
    add(
      "Networks",
      envelope.networks.map {
        ["name": .text($0.name?.text), "description": text($0.description)]
      })
    add(
      "DeploymentOptionParams",
      envelope.deploymentOptions.map { option in
        [
          "id": .text(option.id?.text), "description": text(option.description),
          "label": .string(words(option.label) ?? ""),
        ]
      })
    if let system = envelope.virtualSystems.first {
      members.append(("Name", text(system.name)))
    }
    members += productMembers()
    add(
      "PropertyParams",
      DeploymentProperty.all(of: envelope, in: envelope.defaultConfiguration).map(property))
    return .object(members)
  }

  private func productMembers() -> [(key: String, value: JSON)] {
    let products = envelope.products
    func first(_ pick: (Product) -> Message?) -> String? {
      products.compactMap { words(pick($0)) }.first
    }
    let texts = [
      ("Product", first(\.product) ?? first(\.fullVersion)), ("Version", first(\.version)),
      ("Vendor", first(\.vendor)),
    ]
    return texts.compactMap { key, value in value.map { (key: key, value: .string($0)) } }
  }

  private func file(_ file: FileReference) -> JSON {
    [
      "href": .text(file.href?.text), "id": .text(file.id?.text), "size": .text(file.size?.text),
    ]
  }

  private func disk(_ disk: Disk) -> JSON {
    [
      "capacity": .text(disk.capacity?.text),
      "capacityAllocationUnits": .text(disk.capacityUnits?.text),
      "diskId": .text(disk.id?.text), "fileRef": .text(disk.fileReference?.text),
    ]
  }

  private func property(_ property: DeploymentProperty) -> JSON {
    [
      "key": .text(property.property.key?.text), "type": .text(property.property.type?.text),
      "description": .text(
        words(property.property.description) ?? words(property.property.label)),
      "default": .text(property.value),
    ]
  }

  private func text(_ message: Message?) -> JSON { .text(words(message)) }

  private func words(_ message: Message?) -> String? {
    guard let message else { return nil }
    let text = envelope.text(of: message, locale: locale)
    return text.isEmpty ? nil : text
  }
}

import OVABasics
import OVAPackage
import OVFDescriptor
import VirtualDisks

extension InspectionJSON {
  /// Every product with its owner.
  func productsJSON() -> [JSON] {
    owners.flatMap { path, sections in
      sections.compactMap { section in
        section.product.map { productJSON($0, section: section, owner: path) }
      }
    }
  }

  private func productJSON(_ product: Product, section: Section, owner: [String]) -> JSON {
    [
      "owner": .texts(owner),
      "class": .text(product.productClass?.text),
      "instance": .text(product.instance?.text),
      "product": .text(text(product.product)),
      "vendor": .text(text(product.vendor)),
      "version": .text(text(product.version)),
      "full_version": .text(text(product.fullVersion)),
      "product_url": .text(text(product.productURL)),
      "vendor_url": .text(text(product.vendorURL)),
      "application_url": .text(text(product.applicationURL)),
      "icons": .list(product.icons, iconJSON),
      "categories": .texts(
        product.entries.compactMap { entry in
          if case .category(let message) = entry { return text(message) }
          return nil
        }),
      "properties": .list(product.properties, propertyJSON),
      "line": .number(section.place.line),
    ]
  }

  private func iconJSON(_ icon: Product.Icon) -> JSON {
    let file = icon.fileReference.flatMap { envelope.file(id: $0.text) }
    return [
      "file_ref": .text(icon.fileReference?.text), "file": .text(file?.href?.text),
      "width": value(icon.width) { .unsigned(UInt64($0)) },
      "height": value(icon.height) { .unsigned(UInt64($0)) },
      "mime_type": .text(icon.mimeType?.text), "line": .number(icon.place.line),
    ]
  }

  /// A property; the value of a password is never told.
  private func propertyJSON(_ property: Property) -> JSON {
    let isPassword = property.password?.value == true
    func shown(_ value: String?) -> JSON { isPassword ? .null : .text(value) }
    return [
      "key": .text(property.key?.text),
      "full_key": .text(property.fullKey),
      "type": .text(property.type?.text),
      "qualifiers": .text(property.qualifiers?.text),
      "vmware_qualifiers": .text(property.vmwareQualifiers?.text),
      "configurations": property.configurations.map { .texts($0.value ?? []) } ?? .null,
      "default": shown(property.defaultValue?.text),
      "value": shown(property.value(for: envelope.defaultConfiguration)?.text),
      "values": .list(property.values) { value in
        [
          "value": shown(value.value?.text),
          "configurations": value.configurations.map { .texts($0.value ?? []) } ?? .null,
          "line": .number(value.place.line),
        ]
      },
      "user_configurable": .bool(property.userConfigurable?.value ?? false),
      "password": .bool(isPassword),
      "category": .text(text(property.category)),
      "label": .text(text(property.label)),
      "description": .text(text(property.description)),
      "extensions": extensionsJSON(property.extensions),
      "line": .number(property.place.line),
    ]
  }
}

extension InspectionJSON {
  /// What the bytes behind a disk are.
  func contentJSON(_ content: PackageDisk.Content) -> JSON {
    switch content {
    case .unreadable(let reason): ["unreadable": .string(reason)]
    case .disk(let disk):
      .object(
        DiskJSON.facts(disk, allocated: try? disk.allocatedBytes())
          + [(key: "faults", value: .list(disk.faults, DiskJSON.fault))])
    }
  }
}

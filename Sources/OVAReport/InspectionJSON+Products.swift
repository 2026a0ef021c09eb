import OVABasics
import OVAPackage
import OVFDescriptor
import VirtualDisks

extension InspectionJSON {
  func productJSON(_ product: Product) -> JSON {
    [
      "class": .text(product.productClass?.text),
      "instance": .text(product.instance?.text),
      "product": .text(text(product.product)),
      "vendor": .text(text(product.vendor)),
      "version": .text(text(product.version)),
      "full_version": .text(text(product.fullVersion)),
      "product_url": .text(text(product.productURL)),
      "vendor_url": .text(text(product.vendorURL)),
      "application_url": .text(text(product.applicationURL)),
      "icons": .number(product.icons.count),
      "properties": .list(product.properties, propertyJSON),
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
      "qualifiers": .text(property.qualifiers?.text ?? property.vmwareQualifiers?.text),
      "default": shown(property.defaultValue?.text),
      "value": shown(property.value(for: envelope.defaultConfiguration)?.text),
      "values": .list(property.values) { value in
        [
          "value": shown(value.value?.text),
          "configurations": .texts(value.configurations?.value ?? []),
        ]
      },
      "user_configurable": .bool(property.userConfigurable?.value ?? false),
      "password": .bool(isPassword),
      "category": .text(text(property.category)),
      "label": .text(text(property.label)),
      "description": .text(text(property.description)),
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

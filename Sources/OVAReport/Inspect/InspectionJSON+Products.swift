import OVABasics
import OVAPackage
import OVFDescriptor
import VirtualDisks

extension InspectionJSON {
  /// Every product with its owner.
  func writeProducts(_ json: inout JSONWriter) {
    json.array("products") { json in
      for owner in owners {
        for section in owner.sections {
          guard let product = section.product else { continue }
          json.object { write(product: product, of: section, owner: owner.path, &$0) }
        }
      }
    }
  }

  private func write(
    product: Product, of section: Section, owner: [String], _ json: inout JSONWriter
  ) {
    json.texts("owner", owner)
    json.text("class", product.productClass?.text)
    json.text("instance", product.instance?.text)
    json.text("product", text(product.product))
    json.text("vendor", text(product.vendor))
    json.text("version", text(product.version))
    json.text("full_version", text(product.fullVersion))
    json.text("product_url", text(product.productURL))
    json.text("vendor_url", text(product.vendorURL))
    json.text("application_url", text(product.applicationURL))
    json.objects("icons", product.icons, write(icon:_:))
    json.texts(
      "categories",
      product.entries.compactMap { entry in
        if case .category(let message) = entry { return text(message) }
        return nil
      })
    json.objects("properties", product.properties, write(property:_:))
    json.number("line", section.place.line)
  }

  private func write(icon: Product.Icon, _ json: inout JSONWriter) {
    let file = icon.fileReference.flatMap { envelope.file(id: $0.text) }
    json.text("file_ref", icon.fileReference?.text)
    json.text("file", file?.href?.text)
    json.value("width", icon.width)
    json.value("height", icon.height)
    json.text("mime_type", icon.mimeType?.text)
    json.number("line", icon.place.line)
  }

  /// A property; the value of a password is never shown.
  private func write(property: Property, _ json: inout JSONWriter) {
    let isPassword = property.password?.value == true
    func shown(_ value: String?) -> String? { isPassword ? nil : value }
    json.text("key", property.key?.text)
    json.text("full_key", property.fullKey)
    json.text("type", property.type?.text)
    json.text("qualifiers", property.qualifiers?.text)
    json.text("vmware_qualifiers", property.vmwareQualifiers?.text)
    json.configurations(property.configurations)
    json.text("default", shown(property.defaultValue?.text))
    json.text("value", shown(property.value(for: envelope.defaultConfiguration)?.text))
    json.objects("values", property.values) { value, json in
      json.text("value", shown(value.value?.text))
      json.configurations(value.configurations)
      json.number("line", value.place.line)
    }
    json.flag("user_configurable", property.userConfigurable?.value ?? false)
    json.flag("password", isPassword)
    json.text("category", text(property.category))
    json.text("label", text(property.label))
    json.text("description", text(property.description))
    write(extensions: property.extensions, &json)
    json.number("line", property.place.line)
  }
}

extension InspectionJSON {
  /// Writes the content of the bytes behind a disk.
  func write(content: PackageDisk.Content, allocated: UInt64?, _ json: inout JSONWriter) {
    switch content {
    case .unreadable(let error): json.text("unreadable", error.reason)
    case .disk(let disk):
      DiskJSON.write(disk, allocated: allocated, &json)
      json.objects("faults", disk.diagnostics, DiskJSON.write(diagnostic:_:))
    }
  }
}

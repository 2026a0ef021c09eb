import OVABasics
import OVFXML

extension Reader {
  static let productChildren: Set<String> = [
    "Product", "Vendor", "Version", "FullVersion", "ProductUrl", "VendorUrl", "AppUrl", "Icon",
    "Category", "Property",
  ]

  func product(_ element: XMLTreeElement) -> Product {
    let productClass = attribute(element, "class")
    let instance = attribute(element, "instance")
    var entries: [Product.Entry] = []
    var category: Message?
    for child in element.children {
      switch ovfName(child) {
      case "Category":
        let heading = message(child)
        category = heading
        entries.append(.category(heading))
      case "Property":
        entries.append(
          .property(
            property(
              child, productClass: productClass?.text, instance: instance?.text,
              category: category)))
      default: break
      }
    }
    return Product(
      productClass: productClass, instance: instance, product: message(element, "Product"),
      vendor: message(element, "Vendor"), version: message(element, "Version"),
      fullVersion: message(element, "FullVersion"), productURL: message(element, "ProductUrl"),
      vendorURL: message(element, "VendorUrl"), applicationURL: message(element, "AppUrl"),
      icons: children(element, "Icon").map(icon), entries: entries)
  }

  private func icon(_ element: XMLTreeElement) -> Product.Icon {
    Product.Icon(
      fileReference: attribute(element, "fileRef"), width: number(element, "width"),
      height: number(element, "height"), mimeType: attribute(element, "mimeType"),
      place: place(element))
  }

  private func property(
    _ element: XMLTreeElement, productClass: String?, instance: String?, category: Message?
  ) -> Property {
    let key = attribute(element, "key")
    // class.key.instance; an empty class or instance adds no dot (clause 9.5.1).
    let fullKey = key.map { key in
      [productClass ?? "", key.text, instance ?? ""].filter { !$0.isEmpty }.joined(separator: ".")
    }
    let vmwareQualifiers = element.attributes.first {
      Namespaces.isVMware($0.name) && $0.name.local.isExactly("qualifiers")
    }
    return Property(
      key: key, fullKey: fullKey, type: attribute(element, "type"),
      configurations: words(element, "configuration"),
      qualifiers: attribute(element, "qualifiers"),
      vmwareQualifiers: vmwareQualifiers.map {
        SourceValue($0.value, place: $0.place(in: name))
      },
      defaultValue: attribute(element, "value"),
      values: children(element, "Value").map { value in
        Property.ConfiguredValue(
          value: attribute(value, "value"), configurations: words(value, "configuration"),
          place: place(value))
      },
      userConfigurable: truth(element, "userConfigurable"),
      password: truth(element, "password"), label: message(element, "Label"),
      description: message(element, "Description"), category: category,
      extensions: others(element, than: ["Label", "Description", "Value"]),
      place: place(element))
  }
}

import OVABasics
import OVFXML

/// The sections that version 2 added.
extension Reader {
  static let bootSettings: Set<String> = ["CIM_BootConfigSetting", "CIM_BootSourceSetting"]
  static let encryptionKeys: Set<String> = ["EncryptedKey", "DerivedKey"]

  func environmentFile(_ element: XMLTreeElement) -> EnvironmentFile {
    EnvironmentFile(
      fileReference: attribute(element, "fileRef"), path: attribute(element, "path"),
      place: place(element))
  }

  func bootConfigurations(_ section: XMLTreeElement) -> [BootConfiguration] {
    section.children.filter { $0.name.local.isExactly("CIM_BootConfigSetting") }.map { element in
      BootConfiguration(
        sources: element.children.filter { $0.name.local.isExactly("CIM_BootSourceSetting") }
          .map(bootSource), place: place(element))
    }
  }

  private func bootSource(_ element: XMLTreeElement) -> BootConfiguration.Source {
    func text(_ name: String) -> String? {
      element.children.first { $0.name.local.isExactly(name) }?.trimmedText
    }
    return BootConfiguration.Source(
      instanceID: text("InstanceID"),
      device: text("StructuredBootString") ?? text("BootString") ?? text("BIOSBootString"),
      place: place(element))
  }

  func scaleOut(_ element: XMLTreeElement) -> ScaleOut {
    ScaleOut(
      id: attribute(element, "id"), description: message(element, "Description"),
      counts: children(element, "InstanceCount").map { count in
        ScaleOut.InstanceCount(
          minimum: number(count, "minimum"), initial: number(count, "default"),
          maximum: number(count, "maximum"), configurations: words(count, "configuration"),
          place: place(count))
      })
  }

  func placementGroup(_ element: XMLTreeElement) -> PlacementGroup {
    PlacementGroup(
      id: attribute(element, "id"), policy: attribute(element, "policy"),
      description: message(element, "Description"))
  }

  func encryption(_ element: XMLTreeElement) -> Encryption {
    Encryption(
      keys: element.children.filter { Self.encryptionKeys.contains($0.name.local) }.map { key in
        Encryption.Key(
          references: key.children.filter { $0.name.local.isExactly("ReferenceList") }
            .flatMap(\.children).compactMap { vendorAttribute($0, "URI") }, place: place(key))
      })
  }
}

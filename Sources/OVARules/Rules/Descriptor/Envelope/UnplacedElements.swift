import OVABasics
import OVAPackage
import OVFDescriptor
import OVFXML

extension CheckedPackage {
  /// The elements that the standard does not put where they stand, VMware's settings aside.
  var unplaced: [Extension] {
    cached(.unplaced) {
      // In an envelope without a machine an unknown element is most likely it; that is said.
      var found = envelope.contents.isEmpty ? [] : envelope.extensions
      found += envelope.references.flatMap(\.extensions)
      found += envelope.files.flatMap(\.extensions)
      found += envelope.virtualSystems.flatMap(\.extensions)
      found += envelope.collections.flatMap(\.extensions)
      for section in envelope.allSections {
        switch section.body {
        case .hardware(let hardware):
          found += hardware.items.flatMap(\.extensions)
          found += hardware.system?.extensions ?? []
          // VMware's settings have a rule of their own.
          let settings = Set(section.extensions.isEmpty ? [] : hardware.settings.map(\.place))
          found += section.extensions.filter { !settings.contains($0.place) }
          continue
        case .resourceAllocation(let items): found += items.flatMap(\.extensions)
        case .disks(let disks): found += disks.flatMap(\.extensions)
        case .deploymentOptions(let options): found += options.flatMap(\.extensions)
        case .networks(let networks): found += networks.flatMap(\.extensions)
        case .product(let product): found += product.properties.flatMap(\.extensions)
        case .unknown: continue
        default: break
        }
        found += section.extensions
      }
      return found
    }
  }

  /// Returns the place of an element of that name in the standard, as the end of a sentence; nil
  /// for a vendor's element and for one that the standard does not know.
  func home(of element: Extension) -> String? {
    let name = element.name
    let isStandard =
      name.namespace.isEmpty
      ? name.prefix.isEmpty
      : name.namespace.isExactly(envelope.rootName.namespace)
        || name.namespace.hasPrefix("http://schemas.dmtf.org/ovf/")
        || name.namespace.hasPrefix("http://www.vmware.com/schema/ovf/1/envelope")
    guard isStandard else { return nil }
    return Self.homes[name.local] ?? SectionKind(rawValue: name.local)?.rightPlace
  }

  private static let homes: [String: String] = [
    "Property": "a ProductSection", "Category": "a ProductSection", "Icon": "a ProductSection",
    "Product": "a ProductSection", "Vendor": "a ProductSection", "Version": "a ProductSection",
    "FullVersion": "a ProductSection", "ProductUrl": "a ProductSection",
    "VendorUrl": "a ProductSection", "AppUrl": "a ProductSection",
    "Item": "a VirtualHardwareSection", "StorageItem": "a VirtualHardwareSection",
    "EthernetPortItem": "a VirtualHardwareSection", "System": "a VirtualHardwareSection",
    "File": "the References", "Disk": "the DiskSection", "Network": "the NetworkSection",
    "Configuration": "the DeploymentOptionSection", "License": "an EulaSection",
    "Annotation": "an AnnotationSection", "Msg": "a Strings element",
    "References": "the Envelope", "Strings": "the Envelope",
    "VirtualSystem": "the Envelope or a VirtualSystemCollection",
    "VirtualSystemCollection": "the Envelope or a VirtualSystemCollection",
  ]
}

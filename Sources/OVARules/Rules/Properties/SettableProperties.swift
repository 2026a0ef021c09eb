import OVABasics
import OVAPackage
import OVFDescriptor
import OVFXML

extension CheckedPackage {
  /// The properties of some products that whoever deploys sets for the guest: a property that only
  /// gives a disk's capacity or an item's quantity is for the importer.
  func settable(_ products: [Product]) -> [Property] {
    products.flatMap(\.properties).filter { property in
      guard property.userConfigurable?.value == true, let key = property.key?.text else {
        return false
      }
      return !isQuantity(key) && !isQuantity(property.fullKey ?? key)
    }
  }

  /// Returns whether a disk's capacity or an item's quantity is the value of the property of that
  /// name.
  func isQuantity(_ name: String) -> Bool { quantityProperties.contains(ExactName(name)) }

  private var quantityProperties: Set<ExactName> {
    cached(.quantityProperties) {
      let quantities =
        envelope.disks.compactMap(\.capacity?.value) + items.compactMap(\.virtualQuantity?.value)
      return Set(
        quantities.compactMap { quantity in
          guard case .property(let name) = quantity else { return nil }
          return ExactName(name)
        })
    }
  }
}

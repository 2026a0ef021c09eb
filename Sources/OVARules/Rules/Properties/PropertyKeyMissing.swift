import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// A property has no key.
  static let propertyKeyMissing = Rule(
    id: "property-key-missing",
    group: .properties,
    title: "A property has no key",
    severity: .error,
    basis: .clause("DSP0243 9.5.1"),
    why: "The guest finds a property by its key; one without can be neither set nor read.",
    fix: "Add `ovf:key`, or delete the Property.",
    triggering: [Example(replacing: #"ovf:key="hostname" "#, with: "")],
    passing: [.sound(.folder)]
  ) { checked, findings in
    for property in checked.properties where property.key?.text.isEmpty ?? true {
      findings.add("a property has no key", at: property.place)
    }
  }
}

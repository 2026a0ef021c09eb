import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// A property has no type.
  static let propertyTypeMissing = Rule(
    id: "property-type-missing",
    group: .properties,
    title: "A property has no type",
    severity: .error,
    basis: .clause("DSP0243 9.5.1"),
    why: "The type says what may be entered; the schema demands it, and importers refuse the "
      + "property without.",
    fix: "Add `ovf:type=\"string\"`, or the type that it has.",
    triggering: [Example(replacing: #" ovf:type="string""#, with: "")],
    passing: [.sound(.folder)]
  ) { checked, findings in
    for property in checked.properties where property.type?.text.isEmpty ?? true {
      findings.add("\(property.title) has no type", at: property.place)
    }
  }
}

extension Property {
  /// "the property 'hostname'".
  var title: String { key.map { "the property '\($0.text)'" } ?? "a property" }
}

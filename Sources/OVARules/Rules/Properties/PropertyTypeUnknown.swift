import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// A property's type is none of the standard's.
  static let propertyTypeUnknown = Rule(
    id: "property-type-unknown",
    group: .properties,
    title: "A property's type is not of the standard",
    severity: .warning,
    basis: .clause("DSP0243 9.5.1, table 6"),
    why: "Types are CIM's: string, boolean, uint8 to uint64, sint8 to sint64, real32 and real64. "
      + "Some products read `int`, `ip` or `password`; others refuse the package.",
    fix: "Use the nearest type of the standard; for `password` that is string with "
      + "`ovf:password=\"true\"`, for `ip` string with `vmw:qualifiers=\"Ip\"`.",
    triggering: [
      Example(replacing: #"ovf:type="string""#, with: #"ovf:type="ip""#),
      Example(replacing: #"ovf:type="string""#, with: #"ovf:type="String""#),
    ],
    passing: [
      .sound(.folder),
      Example(
        replacing: #"ovf:type="string" ovf:userConfigurable="true" ovf:value="web""#,
        with: #"ovf:type="uint8" ovf:userConfigurable="true" ovf:value="1""#, documented: false),
    ]
  ) { checked, findings in
    let unknown = checked.properties.filter { property in
      guard let type = property.type?.text, !type.isEmpty else { return false }
      return PropertyType(rawValue: type) == nil
    }
    for (property, count) in unknown.counted(by: { $0.type?.text ?? "" }) {
      let type = property.type?.text ?? ""
      findings.add(
        "\(property.title) is of the type '\(type)'"
          + (count > 1 ? ", as \(count - 1) more are" : ""),
        at: property.type?.place ?? property.place,
        expected: PropertyType(rawValue: type.lowercased())?.rawValue, found: type)
    }
  }
}

import OVABasics
import OVAPackage
import OVFDescriptor
import OVFXML

extension Rule {
  /// A property's value breaks its qualifiers.
  static let propertyValueOutsideQualifiers = Rule(
    id: "property-value-outside-qualifiers",
    group: .properties,
    title: "A property's value breaks its qualifiers",
    severity: .warning,
    basis: .clause("DSP0243 9.5.1, table 7"),
    why: "The default is not among the values that the qualifiers allow. The form of whoever "
      + "deploys starts with an error, and tools that take the defaults fail.",
    fix: "Correct the value or the qualifiers.",
    triggering: [
      Example(
        replacing: #"ovf:type="string""#, with: #"ovf:type="string" ovf:qualifiers="MinLen(8)""#),
      Example(
        replacing: #"ovf:type="string""#,
        with: #"ovf:type="string" ovf:qualifiers='ValueMap{"db","mail"}'"#),
      Example(
        replacing: #"ovf:type="string" ovf:userConfigurable="true" ovf:value="web""#,
        with: #"ovf:type="uint16" vmw:qualifiers="MaxValue(10)" ovf:value="11""#),
    ],
    passing: [
      .sound(.folder),
      Example(
        replacing: #"ovf:type="string""#,
        with: #"ovf:type="string" ovf:qualifiers='ValueMap{"db","web"}'"#),
    ]
  ) { checked, findings in
    for property in checked.properties {
      for qualifiers in [property.qualifiers, property.vmwareQualifiers].compactMap(\.self) {
        let read = PropertyQualifiers(qualifiers.text)
        guard read.fault == nil else { continue }
        for value in property.writtenValues
        where property.knownType?.fault(of: value.text.trimmingBlanks) == nil {
          guard let fault = read.fault(of: value.text) else { continue }
          let shown = property.isSecret ? "the value" : "the value '\(value.text)'"
          findings.add(
            "\(shown) of \(property.title) \(fault)",
            at: value.place, expected: qualifiers.text,
            found: property.isSecret ? nil : value.text)
        }
      }
    }
  }
}

extension Property {
  /// True if its value is a password.
  var isSecret: Bool {
    password?.value == true || type?.text.lowercased().hasPrefix("password") == true
  }
}

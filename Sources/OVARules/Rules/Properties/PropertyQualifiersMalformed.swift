import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// A property's qualifiers cannot be read.
  static let propertyQualifiersMalformed = Rule(
    id: "property-qualifiers-malformed",
    group: .properties,
    title: "A property's qualifiers cannot be read",
    severity: .warning,
    basis: .clause("DSP0243 9.5.1, table 7"),
    why:
      "Qualifiers restrict what may be entered: `MinLen(1)`, `MaxLen(8)`, `ValueMap{\"a\",\"b\"}`. "
      + "Written otherwise they are ignored, or the property is refused.",
    fix: "Correct the qualifiers, or delete the attribute.",
    triggering: [
      Example(
        replacing: #"ovf:type="string""#, with: #"ovf:type="string" ovf:qualifiers="MinLen(one)""#),
      Example(
        replacing: #"ovf:type="string""#, with: #"ovf:type="string" ovf:qualifiers="MaxLen(64""#),
      Example(
        replacing: #"ovf:type="string""#,
        with: #"ovf:type="string" ovf:qualifiers="MinLen(9),MaxLen(3)""#),
    ],
    passing: [
      .sound(.folder),
      Example(
        replacing: #"ovf:type="string""#,
        with: #"ovf:type="string" ovf:qualifiers='MinLen(1), MaxLen(64)'"#),
      Example(
        replacing: #"ovf:type="string""#, with: #"ovf:type="string" vmw:qualifiers="Ip""#),
    ]
  ) { checked, findings in
    for property in checked.properties {
      for qualifiers in [property.qualifiers, property.vmwareQualifiers].compactMap(\.self) {
        guard let fault = PropertyQualifiers(qualifiers.text).fault else { continue }
        findings.add(
          "the qualifiers of \(property.title) \(fault)", at: qualifiers.place,
          found: qualifiers.text)
      }
    }
  }
}

extension Property {
  /// The values that the descriptor gives it, empty ones left out.
  var writtenValues: [SourceValue<String>] {
    ([defaultValue] + values.map(\.value)).compactMap(\.self).filter { !$0.text.isEmpty }
  }

  /// The type, whatever its letters' case.
  var knownType: PropertyType? { type.flatMap { PropertyType(rawValue: $0.text.lowercased()) } }
}

import OVABasics
import OVAPackage
import OVFDescriptor
import OVFXML

extension Rule {
  /// A property's value is not of its type.
  static let propertyValueInvalid = Rule(
    id: "property-value-invalid",
    group: .properties,
    title: "A property's value is not of its type",
    severity: .error,
    basis: .clause("DSP0243 9.5.1"),
    why: "A default that is no value of the type cannot be deployed; vSphere says \"invalid value "
      + "specified for property\".",
    fix: "Correct the value or the type.",
    triggering: [
      Example(replacing: #"ovf:type="string""#, with: #"ovf:type="uint16""#),
      Example(
        replacing: #"ovf:type="string" ovf:userConfigurable="true" ovf:value="web""#,
        with: #"ovf:type="uint8" ovf:userConfigurable="true" ovf:value="256""#),
      Example(
        replacing: #"ovf:type="string" ovf:userConfigurable="true" ovf:value="web""#,
        with: #"ovf:type="boolean" ovf:userConfigurable="true" ovf:value="yes""#),
    ],
    passing: [
      .sound(.folder),
      Example(
        replacing: #"ovf:type="string" ovf:userConfigurable="true" ovf:value="web""#,
        with: #"ovf:type="boolean" ovf:userConfigurable="true" ovf:value="True""#,
        caption: "letters' case does not matter"),
      Example(
        replacing: #"ovf:type="string" ovf:userConfigurable="true" ovf:value="web""#,
        with: #"ovf:type="uint16" ovf:userConfigurable="true" ovf:value="""#,
        caption: "an empty value is none"),
    ]
  ) { checked, findings in
    for property in checked.properties {
      guard let type = property.knownType else { continue }
      for value in property.writtenValues {
        guard let fault = type.fault(of: value.text.trimmingBlanks) else { continue }
        findings.add(
          "\(property.title) is of the type \(type.rawValue), and its value '\(value.text)' \(fault)",
          at: value.place, expected: type.rawValue, found: value.text)
      }
    }
  }
}

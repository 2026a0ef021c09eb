import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// A password has a default value.
  static let passwordWithDefault = Rule(
    id: "password-with-default",
    group: .properties,
    title: "A password has a default value",
    severity: .warning,
    basis: .clause("DSP0243 9.5.1"),
    why: "The descriptor is plain text: whoever has the package knows the password of every "
      + "machine that was deployed without another.",
    fix: "Leave the value out, so that it has to be entered.",
    triggering: [
      Example(
        replacing: #"ovf:type="string""#, with: #"ovf:type="string" ovf:password="true""#)
    ],
    passing: [
      .sound(.folder),
      Example(
        replacing: #"ovf:type="string" ovf:userConfigurable="true" ovf:value="web""#,
        with: #"ovf:type="string" ovf:userConfigurable="true" ovf:password="true" ovf:value="""#),
    ]
  ) { checked, findings in
    // The value itself is not repeated: reports go further than descriptors.
    for property in checked.properties where property.isSecret {
      guard let value = property.writtenValues.first else { continue }
      findings.add("\(property.title) is a password with a default value", at: value.place)
    }
  }
}

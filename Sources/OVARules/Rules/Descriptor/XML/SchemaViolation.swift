import OVABasics
import OVAPackage
import OVFDescriptor
import OVFXML

extension Rule {
  /// The user's schemas have something against the descriptor.
  static let schemaViolation = Rule(
    id: "schema-violation",
    group: .descriptor,
    title: "The descriptor does not fit the schema",
    severity: .warning,
    basis: .clause("DSP8023 (the OVF schema)"),
    why: "Importers that validate refuse what the schema does not know. Two thirds of the "
      + "descriptors in use do not fit it to the letter and import all the same. It is looked at "
      + "only when a folder of schemas is given with `--schema`.",
    fix: "Bring the element into the form that the schema expects, or leave it if your importers "
      + "do not validate.",
    triggering: [
      Example(.folder, .schema(SampleSchema.text(most: "3")), caption: "a schema of three sections")
    ],
    passing: [
      .sound(.folder),
      Example(.folder, .schema(SampleSchema.text(most: "unbounded"))),
    ]
  ) { checked, findings in
    switch checked.schema {
    case nil: return
    case .failure(let error):
      findings.add(
        "the descriptor was not validated: \(error.reason)", at: error.place, severity: .info,
        fix: error.fix ?? "Give a folder that holds the schema of this version of OVF.")
    case .success(let diagnostics):
      for (first, count) in diagnostics.counted(by: \.kind.message) {
        findings.add("\(first.kind.message)\(times(count))", at: first.place)
      }
    }
  }
}

/// A schema for the examples: an envelope of at most so many children of any kind.
private enum SampleSchema {
  static func text(most: String) -> String {
    """
    <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"
        targetNamespace="http://schemas.dmtf.org/ovf/envelope/1">
      <xs:element name="Envelope">
        <xs:complexType>
          <xs:sequence>
            <xs:any processContents="skip" maxOccurs="\(most)"/>
          </xs:sequence>
          <xs:anyAttribute processContents="skip"/>
        </xs:complexType>
      </xs:element>
    </xs:schema>

    """
  }
}

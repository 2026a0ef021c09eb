import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// Two properties of a product have one key.
  static let propertyKeyDuplicate = Rule(
    id: "property-key-duplicate",
    group: .properties,
    title: "Two properties have the same key",
    severity: .error,
    basis: .clause("DSP0243 9.5.1"),
    why:
      "A key is unique in its ProductSection. Whoever deploys sets one of the two, and the guest "
      + "may read the other.",
    fix: "Delete one of them, or give it another key.",
    triggering: [
      Example(
        adding: "      <Property ovf:key=\"hostname\" ovf:type=\"string\"/>\n",
        before: "    </ProductSection>")
    ],
    passing: [
      .sound(.folder),
      Example(
        adding: "      <Property ovf:key=\"Hostname\" ovf:type=\"string\"/>\n",
        before: "    </ProductSection>", documented: false),
    ]
  ) { checked, findings in
    for product in checked.envelope.products {
      for (first, again) in product.properties.repeated(by: { $0.key?.text }) {
        findings.add(
          "the property '\(again.key?.text ?? "")' is there already, in "
            + "\(first.place.position)", at: again.place, found: again.key?.text)
      }
    }
  }
}

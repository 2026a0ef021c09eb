import OVABasics
import OVAPackage
import OVFDescriptor
import OVFXML

extension Rule {
  /// A property's key has a character that it may not have.
  static let propertyKeyIllegal = Rule(
    id: "property-key-illegal",
    group: .properties,
    title: "A property's key has a dot or colon",
    severity: .warning,
    basis: .clause("DSP0243 9.5.1"),
    why:
      "Keys have neither dots nor colons, as dots join class, key and instance to the full name. "
      + "vSphere takes `guestinfo.hostname` all the same; strict tools refuse it.",
    fix: "Move the part before the last dot into the `ovf:class` of the ProductSection.",
    triggering: [
      Example(replacing: #"ovf:key="hostname""#, with: #"ovf:key="guestinfo.hostname""#),
      Example(replacing: #"ovf:key="hostname""#, with: #"ovf:key="net:hostname""#),
    ],
    passing: [
      .sound(.folder),
      Example(replacing: "<ProductSection>", with: "<ProductSection ovf:class=\"org.example\">"),
    ]
  ) { checked, findings in
    for product in checked.envelope.products {
      let keys = product.properties.compactMap(\.key).filter { key in
        key.text.utf8.contains { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ":") }
      }
      guard let first = keys.first else { continue }
      let names = keys.prefix(4).map { "'\($0.text)'" }.joined(separator: ", ")
      findings.add(
        keys.count == 1
          ? "the key \(names) has a dot or colon"
          : "\(keys.count) keys have a dot or colon: \(names)\(keys.count > 4 ? ", …" : "")",
        at: first.place, found: first.text)
    }
  }
}

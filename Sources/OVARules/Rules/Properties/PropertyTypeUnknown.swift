import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// A property's type is none of the standard's.
  static let propertyTypeUnknown = Rule(
    id: "property-type-unknown",
    group: .properties,
    title: "A property's type is not of the standard",
    severity: .error,
    version: 2,
    basis: .clause("DSP0243 9.5.1, table 6"),
    why: "Types are CIM's: string, boolean, uint8 to uint64, sint8 to sint64, real32 and real64. "
      + "VMware's products refuse a package with any other. The words `int`, `ip`, `password` and "
      + "`expression` and types in another letter case, which some products write and read, are a "
      + "warning.",
    fix: "Use the nearest type of the standard; for `password` that is string with "
      + "`ovf:password=\"true\"`, for `ip` string with `vmw:qualifiers=\"Ip\"`.",
    triggering: [
      Example(replacing: #"ovf:type="string""#, with: #"ovf:type="ip""#),
      Example(replacing: #"ovf:type="string""#, with: #"ovf:type="String""#),
      Example(replacing: #"ovf:type="string""#, with: #"ovf:type="text""#),
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
        expected: PropertyType(rawValue: type.lowercased())?.rawValue, found: type,
        severity: isReadBySome(type) ? .warning : nil)
    }
  }
}

/// Returns whether products are known that write and read the type, though it is not of the
/// standard. VMware's editors of properties write `ip:` and the name of a network too.
private func isReadBySome(_ type: String) -> Bool {
  let word = type.lowercased()
  return PropertyType(rawValue: word) != nil || word.hasPrefix("ip:")
    || ["int", "ip", "password", "expression"].contains(word)
}

import OVABasics
import OVAPackage
import OVFDescriptor
import OVFXML

extension Rule {
  /// A machine has properties to set and no way for them to reach the guest.
  static let transportMissing = Rule(
    id: "transport-missing",
    group: .properties,
    title: "Properties do not reach the guest",
    severity: .warning,
    basis: .clause("DSP0243 8.1 and 11.2"),
    why: "Values of properties are given to the guest by a transport that `ovf:transport` of the "
      + "VirtualHardwareSection names. Without one, importers ask for the values and the guest "
      + "never sees them.",
    fix:
      "Write `ovf:transport=\"com.vmware.guestInfo\"` if the guest reads them with VMware Tools, "
      + "`ovf:transport=\"iso\"` if it reads them from a CD.",
    triggering: [
      Example(replacing: #" ovf:transport="com.vmware.guestInfo""#, with: ""),
      Example(
        replacing: #"ovf:transport="com.vmware.guestInfo""#, with: #"ovf:transport="""#,
        caption: "an empty list is none"),
      Example(
        .folder,
        edits: [
          .withoutTransport,
          .init(
            old: "  <VirtualSystem ",
            new: "  <VirtualSystemCollection ovf:id=\"site\">\n    <Info>A site</Info>\n"
              + "    <ProductSection ovf:class=\"site\">\n      <Info>Settings</Info>\n"
              + "      <Property ovf:key=\"domain\" ovf:type=\"string\""
              + " ovf:userConfigurable=\"true\"/>\n    </ProductSection>\n  <VirtualSystem "),
          .init(old: "</Envelope>", new: "</VirtualSystemCollection>\n</Envelope>"),
          .fixedProperty,
        ], [], caption: "properties of a collection, none of whose machines has a transport",
        documented: false),
    ],
    passing: [
      .sound(.folder),
      Example(
        .folder, edits: [.withoutTransport, .fixedProperty], [],
        caption: "a property that nobody sets only describes the product"),
      Example(
        .folder,
        edits: [
          .withoutTransport,
          .init(old: #"ovf:capacity="64""#, new: #"ovf:capacity="${hostname}""#),
          .init(old: #"ovf:value="web">"#, new: #"ovf:value="64">"#),
        ], [], caption: "a property that gives a disk's capacity is for the importer"),
      Example(
        replacing: #""com.vmware.guestInfo""#, with: #""https://example.com/transport""#,
        documented: false),
    ]
  ) { checked, findings in
    for (system, section) in checked.hardwareSections
    where !system.hardwareSections.contains(where: \.hasTransport) {
      let properties = checked.settable(system.products)
      guard !properties.isEmpty else { continue }
      findings.add(
        "\(system.title) names no transport for \(properties.title)",
        at: section.transports?.place ?? section.place,
        expected: "com.vmware.guestInfo or iso", found: section.transports?.text,
        severity: section.isVirtualBoxOnly ? .info : nil)
    }
    for collection in checked.envelope.collections {
      let properties = checked.settable(collection.products)
      let sections = Content.collection(collection).virtualSystems.flatMap(\.hardwareSections)
      guard !properties.isEmpty, !sections.isEmpty, !sections.contains(where: \.hasTransport)
      else { continue }
      findings.add(
        "no machine of \(collection.title) names a transport for \(properties.title)",
        at: collection.place, expected: "com.vmware.guestInfo or iso")
    }
  }
}

extension HardwareSection {
  /// True if it names a transport, of whatever kind.
  fileprivate var hasTransport: Bool { transports?.value?.isEmpty == false }
}

extension [Property] {
  /// "the property 'a'", "the 4 properties 'a', 'b', 'c' and 1 more".
  var title: String {
    let keys = map { $0.fullKey ?? "" }
    return count == 1 ? "the property \(keys.quoted)" : "the \(count) properties \(keys.quoted)"
  }
}

extension Example.Edit {
  /// The hardware names no transport.
  static let withoutTransport = Self(old: #" ovf:transport="com.vmware.guestInfo""#, new: "")
  /// Nothing sets the property.
  fileprivate static let fixedProperty = Self(
    old: #" ovf:userConfigurable="true" ovf:value="web""#, new: #" ovf:value="web""#)
}

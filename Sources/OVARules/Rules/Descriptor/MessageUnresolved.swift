import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// A message key has no text in any bundle.
  static let messageUnresolved = Rule(
    id: "message-unresolved",
    group: .descriptor,
    title: "A message key has no text in any bundle",
    severity: .warning,
    basis: .clause("DSP0243 10"),
    why: "Where neither a bundle nor the element itself has a text, people are shown the bare key "
      + "or nothing.",
    fix: "Add a `Msg` with that `ovf:msgid`, or delete the attribute.",
    triggering: [
      Example(
        replacing: "<Label>Host name</Label>", with: "<Label ovf:msgid=\"host.label\"/>"),
      Example(
        replacing: "<Label>Host name</Label>",
        with: "<Label ovf:msgid=\"host.label\">Host name</Label>",
        caption: "with a text in place it is only worth knowing"),
    ],
    passing: [
      .sound(.folder),
      Example(
        .folder,
        edits: [
          Example.Edit(
            old: "<Label>Host name</Label>", new: "<Label ovf:msgid=\"host.label\"/>"),
          Example.Edit(
            old: "</Envelope>",
            new: "  <Strings xml:lang=\"en\">\n    <Msg ovf:msgid=\"host.label\">Host name</Msg>\n"
              + "  </Strings>\n</Envelope>"),
        ], []),
    ]
  ) { checked, findings in
    // A bundle that could not be read may hold the text; that it is missing is said elsewhere.
    guard checked.envelope.bundles.allSatisfy({ $0.fileReference == nil || $0.isRead }) else {
      return
    }
    let unresolved = checked.envelope.messages.filter { !checked.envelope.hasText(id: $0.id.text) }
    for (message, count) in unresolved.counted(by: \.id.text) {
      findings.add(
        "the message '\(message.id.text)' is in no bundle\(times(count))", at: message.id.place,
        found: message.id.text, severity: message.isEmpty ? .warning : .info)
    }
  }
}

extension Envelope {
  /// The keys of all texts for people, and whether the text in place is empty.
  fileprivate var messages: [(id: Written<String>, isEmpty: Bool)] {
    var messages: [Message?] = collections.flatMap { [$0.info, $0.name] }
    messages += virtualSystems.flatMap { [$0.info, $0.name] }
    var fields: [Field] = []
    for section in allSections {
      messages.append(section.info)
      switch section.body {
      case .networks(let networks): messages += networks.map(\.description)
      case .deploymentOptions(let options):
        messages += options.flatMap { [$0.label, $0.description] }
      case .operatingSystem(let system): messages.append(system.description)
      case .eula(let license): messages.append(license)
      case .annotation(let text): messages.append(text)
      case .scaleOut(let scaleOut): messages.append(scaleOut.description)
      case .placementGroup(let group): messages.append(group.description)
      case .product(let product):
        messages += [product.product, product.vendor, product.version, product.fullVersion]
        for entry in product.entries {
          switch entry {
          case .category(let text): messages.append(text)
          case .property(let property): messages += [property.label, property.description]
          }
        }
      case .hardware(let hardware): fields += hardware.items.flatMap(\.fields)
      case .resourceAllocation(let items): fields += items.flatMap(\.fields)
      default: continue
      }
    }
    return messages.compactMap { message in
      message?.id.map { ($0, message?.text.isEmpty ?? true) }
    } + fields.compactMap { field in field.messageID.map { ($0, field.text.isEmpty) } }
  }
}

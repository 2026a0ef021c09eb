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
  fileprivate var messages: [(id: SourceValue<String>, isEmpty: Bool)] {
    var found: [(id: SourceValue<String>, isEmpty: Bool)] = []
    func add(_ message: Message?) {
      if let message, let id = message.id { found.append((id, message.text.isEmpty)) }
    }
    var items: [Item] = []
    for collection in collections {
      add(collection.info)
      add(collection.name)
    }
    for system in virtualSystems {
      add(system.info)
      add(system.name)
    }
    for section in allSections {
      add(section.info)
      switch section.body {
      case .networks(let networks): for network in networks { add(network.description) }
      case .deploymentOptions(let options):
        for option in options {
          add(option.label)
          add(option.description)
        }
      case .operatingSystem(let system): add(system.description)
      case .eula(let license): add(license)
      case .annotation(let text): add(text)
      case .scaleOut(let scaleOut): add(scaleOut.description)
      case .placementGroup(let group): add(group.description)
      case .product(let product): for text in product.messages { add(text) }
      case .hardware(let hardware): items += hardware.items
      case .resourceAllocation(let allocated): items += allocated
      default: continue
      }
    }
    for field in items.lazy.flatMap(\.fields) {
      if let id = field.messageID { found.append((id, field.text.isEmpty)) }
    }
    return found
  }
}

extension Product {
  /// Its texts for people and those of its properties.
  fileprivate var messages: [Message?] {
    [product, vendor, version, fullVersion]
      + entries.flatMap { entry in
        switch entry {
        case .category(let text): [text]
        case .property(let property): [property.label, property.description]
        }
      }
  }
}

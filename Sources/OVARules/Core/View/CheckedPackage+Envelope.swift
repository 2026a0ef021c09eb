import OVABasics
package import OVAPackage
package import OVFDescriptor
import OVFXML

/// Questions that rules on the descriptor ask.
extension CheckedPackage {
  /// The descriptor.
  package var envelope: Envelope { package.envelope }

  /// Returns the diagnostics of one kind, each with its place.
  func descriptorDiagnostics<Value>(
    _ pick: (DescriptorDiagnosticKind) -> Value?
  ) -> [(value: Value, place: Place)] {
    envelope.diagnostics.compactMap { diagnostic in
      pick(diagnostic.kind).map { ($0, diagnostic.place) }
    }
  }

  /// An element that may hold sections.
  struct Container {
    enum Kind { case envelope, system, collection }
    let kind: Kind
    /// "the envelope", "the machine 'web'".
    let title: String
    let sections: [Section]
    let place: Place
  }

  /// The envelope, and all machines and collections.
  var containers: [Container] {
    cached(.containers) {
      [
        Container(
          kind: .envelope, title: "the envelope", sections: envelope.sections,
          place: envelope.place)
      ]
        + envelope.collections.map {
          Container(kind: .collection, title: $0.title, sections: $0.sections, place: $0.place)
        }
        + envelope.virtualSystems.map {
          Container(kind: .system, title: $0.title, sections: $0.sections, place: $0.place)
        }
    }
  }

  /// The contents that stand side by side: those of the envelope, then those of each collection.
  var siblings: [[Content]] { [envelope.contents] + envelope.collections.map(\.contents) }

  /// The ids of the deployment options.
  var optionIDs: Set<ExactName> {
    cached(.optionIDs) {
      Set(envelope.deploymentOptions.compactMap { $0.id.map { ExactName($0.text) } })
    }
  }

  /// The hardware sections of all machines.
  var hardwareSections: [(system: VirtualSystem, section: HardwareSection)] {
    cached(.hardwareSections) {
      envelope.virtualSystems.flatMap { system in system.hardwareSections.map { (system, $0) } }
    }
  }

  /// The items of all hardware sections, of every configuration and bound.
  var items: [Item] {
    cached(.items) { hardwareSections.flatMap(\.section.items) }
  }

  /// Every hardware section in every configuration.
  package var hardware: [(system: VirtualSystem, hardware: Hardware)] {
    cached(.hardware) {
      hardwareSections.flatMap { system, section in
        // Sections that name no configuration are the same in all.
        let varies = section.items.contains { $0.configurations != nil }
        let chosen = varies ? envelope.configurations : [envelope.defaultConfiguration]
        return chosen.map {
          (system, envelope.hardware(of: section, in: $0, system: system))
        }
      }
    }
  }

  /// The properties of all products.
  var properties: [Property] {
    cached(.properties) { envelope.products.flatMap(\.properties) }
  }
}

extension VirtualSystem {
  /// "the machine 'web'".
  package var title: String { id.map { "the machine '\($0.text)'" } ?? "a machine" }
}

extension VirtualSystemCollection {
  /// "the collection 'site'".
  var title: String { id.map { "the collection '\($0.text)'" } ?? "a collection" }
}

extension Content {
  /// The id.
  var id: SourceValue<String>? {
    switch self {
    case .system(let system): system.id
    case .collection(let collection): collection.id
    }
  }
  /// The text for people.
  var info: Message? {
    switch self {
    case .system(let system): system.info
    case .collection(let collection): collection.info
    }
  }
  /// The place in the source.
  var place: Place {
    switch self {
    case .system(let system): system.place
    case .collection(let collection): collection.place
    }
  }
  /// The machine or collection in words.
  var title: String {
    switch self {
    case .system(let system): system.title
    case .collection(let collection): collection.title
    }
  }
}

extension Item {
  /// "item 4 ('Hard disk 1')".
  var title: String {
    let id = instanceID.map { "item \($0)" } ?? "an item"
    return displayName.map { "\(id) ('\($0.text)')" } ?? id
  }
}

extension Sequence {
  /// The elements that share a key, in order of the first of each, with their number.
  func counted(by key: (Element) -> String) -> [(first: Element, count: Int)] {
    var order: [ExactName] = []
    var groups: [ExactName: (first: Element, count: Int)] = [:]
    for element in self {
      let name = ExactName(key(element))
      if let known = groups[name] {
        groups[name] = (known.first, known.count + 1)
      } else {
        order.append(name)
        groups[name] = (element, 1)
      }
    }
    return order.compactMap { groups[$0] }
  }

  /// The elements whose key an earlier one has, each with that earlier one.
  func repeated(by key: (Element) -> String?) -> [(first: Element, again: Element)] {
    var seen: [ExactName: Element] = [:]
    var found: [(first: Element, again: Element)] = []
    for element in self {
      guard let key = key(element) else { continue }
      if let first = seen[ExactName(key)] {
        found.append((first, element))
      } else {
        seen[ExactName(key)] = element
      }
    }
    return found
  }
}

/// "" for one, " (3 times)" for more.
func times(_ count: Int) -> String { count > 1 ? " (\(count) times)" : "" }

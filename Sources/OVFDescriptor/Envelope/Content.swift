public import OVABasics

/// The content of an envelope or a collection: a machine or a collection of more.
public enum Content: Hashable, Sendable {
  /// One machine.
  case system(VirtualSystem)
  /// A collection.
  case collection(VirtualSystemCollection)
}

/// One virtual machine (clause 7.2).
public final class VirtualSystem: Hashable, Sendable {
  /// Its id.
  public let id: SourceValue<String>?
  /// The ids of the collections around it and its own, outermost first; empty text for none.
  public let path: [String]
  /// The text for people that it has to have.
  public let info: Message?
  /// Its name for people.
  public let name: Message?
  /// Its sections in order, known and unknown.
  public let sections: [Section]
  /// Children that are no sections.
  public let extensions: [Extension]
  /// All children in order, by name and place.
  public let children: [Child]
  /// The place in the source.
  public let place: Place
  /// Its hardware sections: alternatives of which a platform picks one (clause 8.1). Kept, as the
  /// next, since nearly all who look at a machine ask for them.
  public let hardwareSections: [HardwareSection]
  /// Its guest operating system, of the first such section.
  public let operatingSystem: OperatingSystem?

  init(
    id: SourceValue<String>?, path: [String], info: Message?, name: Message?, sections: [Section],
    extensions: [Extension], children: [Child], place: Place
  ) {
    self.id = id
    self.path = path
    self.info = info
    self.name = name
    self.sections = sections
    self.extensions = extensions
    self.children = children
    self.place = place
    hardwareSections = sections.compactMap(\.hardware)
    operatingSystem =
      sections.lazy.compactMap { section in
        if case .operatingSystem(let system) = section.body { system } else { nil }
      }.first
  }

  /// Its products, in order.
  public var products: [Product] { sections.products }

  /// Equal when everything in them is.
  public static func == (a: VirtualSystem, b: VirtualSystem) -> Bool {
    a === b
      || a.id == b.id && a.path == b.path && a.info == b.info && a.name == b.name
        && a.sections == b.sections && a.extensions == b.extensions && a.children == b.children
        && a.place == b.place
  }

  /// Hashes the place, by which nearly all differ.
  public func hash(into hasher: inout Hasher) { hasher.combine(place) }
}

/// A collection of machines and collections (clause 7.2).
public struct VirtualSystemCollection: Hashable, Sendable {
  /// Its id.
  public let id: SourceValue<String>?
  /// The ids of the collections around it and its own, outermost first; empty text for none.
  public let path: [String]
  /// The text for people that it has to have.
  public let info: Message?
  /// Its name for people.
  public let name: Message?
  /// Its sections in order, known and unknown.
  public let sections: [Section]
  /// Its machines and collections, in order.
  public let contents: [Content]
  /// Children that are neither sections nor contents.
  public let extensions: [Extension]
  /// All children in order, by name and place.
  public let children: [Child]
  /// The place in the source.
  public let place: Place

  /// Its products, in order.
  public var products: [Product] { sections.products }
}

extension [Section] {
  /// The products of the sections, in order.
  var products: [Product] {
    compactMap(\.product)
  }
}

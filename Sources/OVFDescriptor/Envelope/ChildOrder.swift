public import OVABasics
import OVFXML

/// The order in which the children of an `Item` or `System` stand, and the one that the schema
/// wants.
///
/// The schemas of CIM (2.x, as DSP8023 1.x and 2.x import them) list the properties in the order of
/// their names' bytes, and let elements of other namespaces follow.
public struct ChildOrder: Hashable, Sendable {
  /// A child.
  public struct Child: Hashable, Sendable {
    /// The name of a CIM property; nil for an element of another namespace.
    public let property: String?
    /// The name as written.
    public let name: String
    /// The place in the source.
    public let place: Place
  }

  /// The children as they stand.
  public let children: [Child]

  init(fields: [ItemField], settings: [Setting], extensions: [Extension]) {
    // One that the schema does not know has no place in its order.
    let properties = fields.filter(\.isKnown).map {
      Child(property: $0.name.local, name: $0.name.description, place: $0.place)
    }
    let others =
      settings.map { setting in
        Child(
          property: nil, name: setting.kind == .config ? "vmw:Config" : "vmw:ExtraConfig",
          place: setting.place)
      }
      + extensions.map { Child(property: nil, name: $0.name.description, place: $0.place) }
    // Each kind is in its order already.
    children = others.isEmpty ? properties : (properties + others).sorted { $0.place < $1.place }
  }

  /// The children as the schema wants them; those of one name stay in their order.
  public var wanted: [Child] {
    children.enumerated().sorted { a, b in
      Self.precedes(a.element, b.element)
        || !Self.precedes(b.element, a.element) && a.offset < b.offset
    }.map(\.element)
  }

  /// The children that stand behind one that belongs after them, each with the last such one.
  public var late: [(child: Child, behind: Child)] {
    var last: Child?
    return children.compactMap { child in
      if let last, Self.precedes(child, last) { return (child, last) }
      last = child
      return nil
    }
  }

  private static func precedes(_ a: Child, _ b: Child) -> Bool {
    guard let first = a.property else { return false }
    guard let second = b.property else { return true }
    return first.utf8.lexicographicallyPrecedes(second.utf8)
  }
}

extension Item {
  /// The order of its children.
  public var childOrder: ChildOrder {
    ChildOrder(fields: fields, settings: settings, extensions: extensions)
  }
}

extension HardwareSection.System {
  /// The order of its children.
  public var childOrder: ChildOrder {
    ChildOrder(fields: fields, settings: [], extensions: extensions)
  }
}

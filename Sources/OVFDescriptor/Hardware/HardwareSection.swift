public import OVABasics
public import OVFXML

/// The hardware of a machine as written: every item of every configuration (clause 8).
public final class HardwareSection: Hashable, Sendable {
  /// `ovf:id`, which tells alternatives apart.
  public let id: SourceValue<String>?
  /// Ways for the environment to reach the guest, split; nil where the attribute is absent.
  public let transports: SourceValue<[String]>?
  /// The `System` element.
  public let system: System?
  /// The items of all configurations and bounds, in order.
  public let items: [Item]
  /// VMware's settings directly in the section.
  public let settings: [Setting]
  /// The place in the source.
  public let place: Place

  init(
    id: SourceValue<String>?, transports: SourceValue<[String]>?, system: System?, items: [Item],
    settings: [Setting], place: Place
  ) {
    self.id = id
    self.transports = transports
    self.system = system
    self.items = items
    self.settings = settings
    self.place = place
  }

  /// The `System` element, which names the kind of machine (clause 8.1).
  public struct System: Hashable, Sendable {
    /// The settings as written, one for each child element.
    public let fields: [ItemField]
    /// Children in the hardware's namespace that the schema does not know, or of other namespaces.
    public let extensions: [Extension]
    /// The place in the source.
    public let place: Place

    /// The first field of that name, letters' case aside in `InstanceId`.
    public func field(_ name: String) -> ItemField? {
      fields.first { $0.name.local.isExactly(name) }
    }
  }

  /// Equal when everything in them is.
  public static func == (a: HardwareSection, b: HardwareSection) -> Bool {
    a === b
      || a.id == b.id && a.transports == b.transports && a.system == b.system && a.items == b.items
        && a.settings == b.settings && a.place == b.place
  }

  /// Hashes the place, by which nearly all differ.
  public func hash(into hasher: inout Hasher) { hasher.combine(place) }
}

/// A child of an item or a system: a CIM property and its text.
public final class ItemField: Hashable, Sendable {
  /// The name as written, `rasd:ElementName`.
  public let name: XMLName
  /// The text, blanks at the ends removed.
  public let text: String
  /// The key into the message bundles, where there is one.
  public let messageID: SourceValue<String>?
  /// True if the schema knows a property of this name.
  public let isKnown: Bool
  /// `ovf:required`, for one that the schema does not know.
  public let required: SourceValue<Bool>?
  /// The place in the source.
  public let place: Place

  init(
    name: XMLName, text: String, messageID: SourceValue<String>?, isKnown: Bool,
    required: SourceValue<Bool>?, place: Place
  ) {
    self.name = name
    self.text = text
    self.messageID = messageID
    self.isKnown = isKnown
    self.required = required
    self.place = place
  }

  /// Equal when everything in them is.
  public static func == (a: ItemField, b: ItemField) -> Bool {
    a === b
      || a.name == b.name && a.text == b.text && a.messageID == b.messageID
        && a.isKnown == b.isKnown && a.required == b.required && a.place == b.place
  }

  /// Hashes the place, by which nearly all differ.
  public func hash(into hasher: inout Hasher) { hasher.combine(place) }
}

/// A setting of VMware's: `vmw:Config`, `vmw:ExtraConfig`, or an element of its own.
public struct Setting: Hashable, Sendable {
  /// The kind of the two.
  public enum Kind: Hashable, Sendable {
    /// `vmw:Config`, a field of vSphere's machine configuration.
    case config
    /// `vmw:ExtraConfig`, a line of the `.vmx` file.
    case extraConfig
  }

  /// The kind of the two.
  public let kind: Kind
  /// The name.
  public let key: SourceValue<String>?
  /// The value.
  public let value: SourceValue<String>?
  /// `ovf:required`; true where absent.
  public let required: SourceValue<Bool>?
  /// The place in the source.
  public let place: Place

  /// True if a reader that does not know the setting has to refuse the package.
  public var isRequired: Bool { required?.value ?? true }
}

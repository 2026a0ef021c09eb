public import OVABasics
public import OVFXML

/// The hardware of a machine as written: every item of every configuration (clause 8).
public struct HardwareSection: Hashable, Sendable {
  /// `ovf:id`, which tells alternatives apart.
  public let id: Written<String>?
  /// Ways for the environment to reach the guest, split; nil where the attribute is absent.
  public let transports: Written<[String]>?
  /// The `System` element.
  public let system: System?
  /// The items of all configurations and bounds, in order.
  public let items: [Item]
  /// VMware's settings directly in the section.
  public let settings: [Setting]
  /// Where it stands.
  public let place: Place

  /// What kind of machine it is, the `System` element (clause 8.1).
  public struct System: Hashable, Sendable {
    /// The settings as written, one for each child element.
    public let fields: [Field]
    /// Children in the hardware's namespace that the schema does not know, or of other namespaces.
    public let extensions: [Extension]
    /// Where it stands.
    public let place: Place

    /// The first field of that name, letters' case aside in `InstanceId`.
    public func field(_ name: String) -> Field? {
      fields.first { $0.name.local.isExactly(name) }
    }
  }
}

/// A child of an item or a system: a CIM property and its text.
public struct Field: Hashable, Sendable {
  /// The name as written, `rasd:ElementName`.
  public let name: XMLName
  /// The text, blanks at the ends removed.
  public let text: String
  /// The key into the message bundles, where there is one.
  public let messageID: Written<String>?
  /// Whether the schema knows a property of this name.
  public let isKnown: Bool
  /// `ovf:required`, for one that the schema does not know.
  public let required: Written<Bool>?
  /// Where it stands.
  public let place: Place
}

/// A setting of VMware's: `vmw:Config`, `vmw:ExtraConfig`, or an element of its own.
public struct Setting: Hashable, Sendable {
  /// Which of the two.
  public enum Kind: Hashable, Sendable {
    /// `vmw:Config`, a field of vSphere's machine configuration.
    case config
    /// `vmw:ExtraConfig`, a line of the `.vmx` file.
    case extraConfig
  }

  /// Which of the two.
  public let kind: Kind
  /// The name.
  public let key: Written<String>?
  /// The value.
  public let value: Written<String>?
  /// `ovf:required`; true where absent.
  public let required: Written<Bool>?
  /// Where it stands.
  public let place: Place

  /// Whether a reader that does not know the setting has to refuse the package.
  public var isRequired: Bool { required?.value ?? true }
}

public import OVABasics
import OVFXML

/// A product with the properties that a deployment sets (clause 9.5).
public struct Product: Hashable, Sendable {
  /// Tells several products of one machine apart; first part of the names of its properties.
  public let productClass: SourceValue<String>?
  /// Tells several products of one class apart; last part of the names of its properties.
  public let instance: SourceValue<String>?
  /// The product's name.
  public let product: Message?
  /// The vendor.
  public let vendor: Message?
  /// The version for people.
  public let version: Message?
  /// The version with build number.
  public let fullVersion: Message?
  /// The product's page.
  public let productURL: Message?
  /// The vendor's page.
  public let vendorURL: Message?
  /// The page of the running appliance.
  public let applicationURL: Message?
  /// Pictures.
  public let icons: [Icon]
  /// Categories and properties in document order; a category groups what follows it.
  public let entries: [Entry]

  /// A category or a property.
  public enum Entry: Hashable, Sendable {
    /// The head of a group.
    case category(Message)
    /// A property.
    case property(Property)

    /// The property, if it is one.
    public var property: Property? {
      if case .property(let property) = self { return property }
      return nil
    }
  }

  /// A picture of the product.
  public struct Icon: Hashable, Sendable {
    /// The file.
    public let fileReference: SourceValue<String>?
    /// Pixels.
    public let width: SourceValue<UInt16>?
    /// Pixels.
    public let height: SourceValue<UInt16>?
    /// The media type.
    public let mimeType: SourceValue<String>?
    /// The place in the source.
    public let place: Place
  }

  /// The properties, in order.
  public var properties: [Property] {
    entries.compactMap(\.property)
  }
}

/// A property that a deployment sets (clause 9.5.1).
public final class Property: Hashable, Sendable {
  /// The name within its product.
  public let key: SourceValue<String>?
  /// `class.key.instance`, as the guest sees it; nil without a key.
  public let fullKey: String?
  /// The type as written, such as `string` or `uint16`.
  public let type: SourceValue<String>?
  /// The configurations that it is for, split; nil means all.
  public let configurations: SourceValue<[String]>?
  /// The types' restrictions, such as `MinLen(1),MaxLen(8)`.
  public let qualifiers: SourceValue<String>?
  /// VMware's restrictions, `vmw:qualifiers`.
  public let vmwareQualifiers: SourceValue<String>?
  /// The default value.
  public let defaultValue: SourceValue<String>?
  /// Values for single configurations.
  public let values: [ConfiguredValue]
  /// `userConfigurable`; false where absent.
  public let userConfigurable: SourceValue<Bool>?
  /// `password`; false where absent.
  public let password: SourceValue<Bool>?
  /// The name for people.
  public let label: Message?
  /// A text for people.
  public let description: Message?
  /// The category that it follows.
  public let category: Message?
  /// Child elements of others.
  public let extensions: [Extension]
  /// The place in the source.
  public let place: Place

  init(
    key: SourceValue<String>?, fullKey: String?, type: SourceValue<String>?,
    configurations: SourceValue<[String]>?, qualifiers: SourceValue<String>?,
    vmwareQualifiers: SourceValue<String>?, defaultValue: SourceValue<String>?,
    values: [ConfiguredValue],
    userConfigurable: SourceValue<Bool>?, password: SourceValue<Bool>?, label: Message?,
    description: Message?, category: Message?, extensions: [Extension], place: Place
  ) {
    self.key = key
    self.fullKey = fullKey
    self.type = type
    self.configurations = configurations
    self.qualifiers = qualifiers
    self.vmwareQualifiers = vmwareQualifiers
    self.defaultValue = defaultValue
    self.values = values
    self.userConfigurable = userConfigurable
    self.password = password
    self.label = label
    self.description = description
    self.category = category
    self.extensions = extensions
    self.place = place
  }

  /// A value for some configurations.
  public struct ConfiguredValue: Hashable, Sendable {
    /// The value.
    public let value: SourceValue<String>?
    /// The configurations, split; nil means all.
    public let configurations: SourceValue<[String]>?
    /// The place in the source.
    public let place: Place
  }

  /// Returns whether it counts in a configuration.
  public func applies(to configuration: String?) -> Bool {
    Configurations.include(configuration, configurations)
  }

  /// The value for a configuration: its own, else the default; nil where there is none.
  public func value(for configuration: String?) -> SourceValue<String>? {
    let own = values.first { Configurations.include(configuration, $0.configurations) }
    return own?.value ?? defaultValue
  }

  /// Equal when everything in them is.
  public static func == (a: Property, b: Property) -> Bool {
    a === b
      || a.key == b.key && a.fullKey == b.fullKey && a.type == b.type
        && a.configurations == b.configurations && a.qualifiers == b.qualifiers
        && a.vmwareQualifiers == b.vmwareQualifiers && a.defaultValue == b.defaultValue
        && a.values == b.values && a.userConfigurable == b.userConfigurable
        && a.password == b.password && a.label == b.label && a.description == b.description
        && a.category == b.category && a.extensions == b.extensions && a.place == b.place
  }

  /// Hashes the place, by which nearly all differ.
  public func hash(into hasher: inout Hasher) { hasher.combine(place) }
}

/// The rule of `configuration` attributes (clause 9.8).
enum Configurations {
  /// Returns whether what carries the list counts in a configuration: without a list it always
  /// does, with one it takes a configuration that the list has.
  static func include(_ configuration: String?, _ list: SourceValue<[String]>?) -> Bool {
    guard let list = list?.value else { return true }
    return configuration.map { wanted in list.contains { $0.isExactly(wanted) } } ?? false
  }
}

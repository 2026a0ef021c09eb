public import OVABasics

/// The hardware of one machine in one configuration.
public struct Hardware: Hashable, Sendable {
  /// The configuration; nil where the package has none.
  public let configuration: String?
  /// The hardware section that it was read from.
  public let section: HardwareSection
  /// The devices, in the order of the items that first name them.
  public let devices: [Device]
  /// Two items with one instance id that are not one device: the later, and its instance id.
  public let conflicts: [Conflict]

  /// Items with one instance id that the standard does not let be.
  public struct Conflict: Hashable, Sendable {
    /// What is wrong.
    public enum Kind: Hashable, Sendable {
      /// Both count in every configuration; they were merged.
      case bothUnconditional
      /// They have different resource types; both stayed.
      case differentTypes
    }
    /// What is wrong.
    public let kind: Kind
    /// The instance id.
    public let instanceID: String
    /// The earlier item.
    public let first: Place
    /// The later item.
    public let second: Place
  }
}

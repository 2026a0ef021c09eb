public import OVABasics
import OVFXML

/// The hardware of one machine in one configuration.
public final class Hardware: Sendable {
  /// The configuration; nil where the package has none.
  public let configuration: String?
  /// The hardware section that it was read from.
  public let section: HardwareSection
  /// The devices, in the order of the items that first name them.
  public let devices: [Device]
  /// Items of one instance id that the standard does not allow.
  public let conflicts: [Conflict]
  /// The number of virtual processors: nil without a processor item, a fault where one of them has
  /// no number.
  public let processors: Result<UInt64, ValueFault>?
  /// The bytes of memory: nil without a memory item, a fault where one of them gives no number.
  public let memory: Result<UInt64, ValueFault>?
  /// VirtualBox's own description of the machine.
  let machine: XMLTreeElement?

  init(
    configuration: String?, section: HardwareSection, devices: [Device], conflicts: [Conflict],
    processors: Result<UInt64, ValueFault>?, memory: Result<UInt64, ValueFault>?,
    machine: XMLTreeElement?
  ) {
    self.configuration = configuration
    self.section = section
    self.devices = devices
    self.conflicts = conflicts
    self.processors = processors
    self.memory = memory
    self.machine = machine
  }

  /// Items of one instance id that the standard does not allow.
  public struct Conflict: Hashable, Sendable {
    /// The kind of fault.
    public enum Kind: Hashable, Sendable {
      /// Both count in every configuration; they were merged.
      case bothUnconditional
      /// They have different resource types; both stayed.
      case differentTypes
    }
    /// The kind of fault.
    public let kind: Kind
    /// The instance id.
    public let instanceID: String
    /// The earlier item.
    public let first: Place
    /// The later item.
    public let second: Place
  }
}

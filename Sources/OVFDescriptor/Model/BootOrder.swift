import OVABasics
import OVFXML

/// A step of a boot order.
public enum BootStep: Hashable, Sendable {
  /// A device of the machine.
  case device(Device)
  /// A kind of device as the producer names it, such as `CIM:Hard-Disk:1`, or an instance id that
  /// no item has.
  case named(String)
}

extension Envelope {
  /// The boot order of a machine, as far as written: VMware's `BootOrderSection` and
  /// `bios.bootOrder`, OVF 2's `BootDeviceSection`, oVirt's `BootOrder` and VirtualBox's `Boot`.
  public func bootOrder(of system: VirtualSystem, _ hardware: Hardware) -> [BootStep] {
    let sections = system.sections.flatMap { section -> [BootStep] in
      switch section.body {
      case .unknown(let element) where section.name.local.isExactly("BootOrderSection"):
        let ids =
          element.attributes.first { $0.name.local.isExactlyIgnoringCase("instanceId") }?.value
          ?? ""
        return Reading.alternatives(ids).map { id in
          hardware.devices.first { $0.item.instanceID?.isExactly(id) == true }
            .map(BootStep.device) ?? .named("item \(id)")
        }
      case .bootDevice(let configurations):
        return configurations.flatMap(\.sources).compactMap { source in
          (source.device ?? source.instanceID).map(BootStep.named)
        }
      default: return []
      }
    }
    if !sections.isEmpty { return sections }
    let numbered = hardware.devices.compactMap { device -> (order: UInt64, device: Device)? in
      guard let text = device.item.field("BootOrder")?.text,
        let order = try? Reading.number(text, as: UInt64.self).get(), order > 0
      else { return nil }
      return (order, device)
    }
    if !numbered.isEmpty {
      return numbered.sorted { $0.order < $1.order }.map { .device($0.device) }
    }
    let setting = hardware.section.setting("bios.bootOrder").map(Reading.alternatives) ?? []
    return setting.isEmpty ? hardware.virtualBoxBootOrder : setting.map { .named($0) }
  }
}

extension Hardware {
  /// `Boot` of VirtualBox's machine: `Order` elements with a position and a kind of device.
  fileprivate var virtualBoxBootOrder: [BootStep] {
    let boot = machine?.children.first { $0.name.local.isExactly("Hardware") }?
      .children.first { $0.name.local.isExactly("Boot") }
    let orders = (boot?.children ?? []).compactMap { order -> (position: UInt64, device: String)? in
      guard let device = order.attribute("device")?.value, !device.isExactly("None"),
        let text = order.attribute("position")?.value,
        let position = try? Reading.number(text, as: UInt64.self).get()
      else { return nil }
      return (position, device)
    }
    return orders.sorted { $0.position < $1.position }.map { .named($0.device) }
  }
}

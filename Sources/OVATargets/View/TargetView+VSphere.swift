import OVABasics
import OVFDescriptor
import OVFXML

/// The hardware families of a section as a host of VMware's sees them.
struct Families {
  /// The families as written.
  let written: [String]
  /// The numbers of those that are VMware's.
  let numbers: [Int]
  let place: Place

  init(_ section: HardwareSection) {
    written = section.families
    numbers = section.families.compactMap { family in
      family.lowercased().hasPrefix("vmx-") ? Int(family.dropFirst(4)) : nil
    }
    place = section.system?.field("VirtualSystemType")?.place ?? section.place
  }

  /// The largest that a host takes whose highest is `most`.
  func effective(_ most: Int) -> Int? {
    numbers.filter { $0 >= 4 && $0 <= most && $0 != 5 && $0 != 6 }.max()
  }

  /// A hit at the families.
  var hit: Hit { Hit(place, found: written.isEmpty ? "none" : written.joined(separator: " ")) }
}

extension TargetView {
  /// The highest family that the release runs; unbounded where that is not known.
  var mostFamily: Int { release?.family ?? .max }

  /// The families of each machine.
  var families: [Families] { sections.map(Families.init) }

  /// True if a machine's guest is a Linux, by the number of CIM.
  var hasLinux: Bool {
    let numbers = Set([36, 79, 80] as [UInt16]).union(82...101).union(106...109)
    return systems.contains { system in
      system.operatingSystem?.id?.value.map(numbers.contains) ?? false
    }
  }

  /// Returns the hits of `judge` in each machine's hardware in each configuration, given the family
  /// in which the host would run it; none of those that no family fits.
  func hosted(_ judge: (_ hardware: Hardware, _ family: Int) -> [Hit]) -> [Hit] {
    hardware.flatMap { hardware -> [Hit] in
      guard let family = Families(hardware.section).effective(mostFamily) else { return [] }
      return judge(hardware, family)
    }.unique
  }

  /// The devices for which a condition holds, given the family.
  func devices(_ isMeant: (_ device: Device, _ family: Int) -> Bool) -> [Hit] {
    hosted { hardware, family in
      hardware.devices.filter { isMeant($0, family) }.map {
        Hit($0.item.place, found: $0.item.resourceSubType?.text)
      }
    }
  }

  /// The controllers with more drives than `places` gives them, or with a drive beyond the places.
  func overfull(_ places: (_ controller: Device, _ family: Int) -> (last: Int, own: Int?)?) -> [Hit]
  {
    hosted { hardware, family in
      hardware.controllers.flatMap { controller -> [Hit] in
        guard let id = controller.item.instanceID, let places = places(controller, family) else {
          return []
        }
        let drives = hardware.devices.filter {
          $0.kind.isDrive && $0.kind != .floppyDrive
            && ($0.item.parent?.text.isExactly(id) ?? false)
        }
        let beyond = drives.filter { drive in
          drive.item.slot.map { $0 < 0 || $0 > places.last || $0 == places.own } ?? false
        }
        let count = places.last + (places.own == nil ? 1 : 0)
        return beyond.map { $0.item.hit("AddressOnParent") }
          + (drives.count > count
            ? [Hit(controller.item.place, found: "\(drives.count) drives")] : [])
      }
    }
  }

  /// The settings of advanced configuration but the firmware's file and those of encryption.
  var extraConfigs: [Setting] {
    settings(.extraConfig).filter { !$0.isOfEncryption && $0.key?.text != "nvram" }
  }
}

extension Setting {
  /// A hit at the setting, with its key.
  var hit: Hit { Hit(place, found: key?.text) }

  /// True if it is a line of the `.vmx` file that makes a device.
  var makesDevice: Bool {
    let key = key?.text.lowercased() ?? ""
    let device = key.prefix { $0 != "." && $0 != ":" }
    guard device.count < key.count, device.last?.isNumber == true else { return false }
    let kind = String(device.prefix { $0.isLetter })
    let field = key.split(separator: ".").last.map(String.init) ?? ""
    return ["ethernet", "scsi", "sata", "ide", "nvme", "serial", "parallel", "floppy"].contains(
      kind)
      && ["present", "virtualdev", "devicetype", "filename", "connectiontype", "networkname"]
        .contains(field)
  }
}

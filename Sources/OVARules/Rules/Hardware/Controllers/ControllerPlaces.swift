import OVABasics
import OVAPackage
import OVFDescriptor
import OVFXML

/// The places that a controller has for drives.
///
/// VMware's: 2 on IDE, 30 on SATA, 15 on SCSI and, from vmx-14 on, 64 on VirtualSCSI (the place 7
/// is the controller's own), 15 on NVMe and, from vmx-21 on, 64 (vSphere Virtual Machine
/// Administration; vm-operator, `virtualmachine_hardware_types.go`).
struct ControllerPlaces {
  /// The last place.
  let last: Int
  /// The place that the controller itself has.
  let own: Int?
  /// The last place of the same controller in the newest family, where that has more.
  let lastOfNewest: Int

  /// The places of a controller; nil for a bus whose places are not counted.
  init?(of controller: Device, in section: HardwareSection) {
    guard case .controller(let bus) = controller.kind else { return nil }
    let newest = section.vmwareVersions.max()
    let isVirtualBox = section.isVirtualBoxOnly
    let types = controller.item.subTypes.map { $0.lowercased() }
    switch bus {
    case .ide: self.init(last: isVirtualBox ? 3 : 1)
    case .sata: self.init(last: 29)
    case .scsi where isVirtualBox: self.init(last: types.contains("lsilogicsas") ? 254 : 15)
    case .scsi where types.contains { $0.hasPrefix("virtio") }: return nil
    case .scsi where types.contains("virtualscsi") || types.contains("pvscsi"):
      self.init(last: newest.map { $0 < 14 } ?? false ? 15 : 64, own: 7, lastOfNewest: 64)
    case .scsi: self.init(last: 15, own: 7)
    case .nvme where isVirtualBox: self.init(last: 254)
    case .nvme: self.init(last: newest.map { $0 < 21 } ?? false ? 14 : 63, lastOfNewest: 63)
    case .fibreChannel, .iscsi, .nvdimm, .usb, .virtio, .otherStorage: return nil
    }
  }

  private init(last: Int, own: Int? = nil, lastOfNewest: Int? = nil) {
    self.last = last
    self.own = own
    self.lastOfNewest = max(last, lastOfNewest ?? last)
  }

  /// The number of drives that fit.
  var count: Int { last + (own == nil ? 1 : 0) }

  /// Returns whether a drive may have the place.
  func has(_ place: Int) -> Bool { (0...last).contains(place) && place != own }

  /// The places in words: "0 to 15 without 7".
  var description: String { "0 to \(last)" + (own.map { " without \($0)" } ?? "") }
}

extension Device {
  /// The number of the controller as written; nil where none is, or none that is a number.
  var writtenNumber: SourceValue<Int>? {
    guard let field = [item.address, item.field("BusNumber")].compactMap(\.self).first,
      let number = Int(field.text)
    else { return nil }
    return SourceValue(field.text, .success(number), place: field.place)
  }
}

extension Device.Bus {
  /// The number of controllers of the kind that a machine of VMware's has at most; nil where they
  /// are not counted.
  var mostControllers: Int? {
    switch self {
    case .ide: 2
    case .scsi, .sata, .nvme: 4
    case .fibreChannel, .iscsi, .nvdimm, .usb, .virtio, .otherStorage: nil
    }
  }

  /// The kind in words: `SCSI`.
  var title: String {
    switch self {
    case .nvme: "NVMe"
    case .fibreChannel: "Fibre Channel"
    case .iscsi: "iSCSI"
    case .otherStorage: "storage"
    case .virtio: "VirtIO"
    case .ide, .scsi, .sata, .nvdimm, .usb: rawValue.uppercased()
    }
  }
}

import OVABasics
import OVFXML

extension HardwareAssembly {
  /// Returns the kind of device of an item, by CIM's resource type and, where that says little, by
  /// the producer's subtype.
  func kind(of item: Item) -> Device.Kind {
    guard let type = item.resourceType?.value else { return .other(.unknown) }
    switch type {
    case 3: return .processor
    case 4: return .memory
    case 5: return .controller(.ide)
    case 6: return .controller(.scsi)
    case 7: return .controller(.fibreChannel)
    case 8: return .controller(.iscsi)
    case 10: return .networkAdapter
    case 14: return .floppyDrive
    case 15, 16: return .opticalDrive
    case 17, 19, 31: return .disk
    case 18: return .other(.tape)
    case 20: return storage(item)
    case 21: return .other(.serialPort)
    case 22: return .other(.parallelPort)
    case 23: return .controller(.usb)
    case 24: return .other(.graphics)
    case 35: return .other(.sound)
    case let number where envelope.dialect == .oVirt && (number == 0 || number == 26):
      return oVirtDevice(item)
    default: return .other(Self.other(item))
    }
  }

  /// "Other storage device" is every bus that CIM has no number for, and oVirt's monitor.
  private func storage(_ item: Item) -> Device.Kind {
    if envelope.dialect == .oVirt { return .other(.graphics) }
    let words = Self.lowered(item)
    func says(_ part: String) -> Bool { words.contains { $0.containsBytes(part) } }
    if says("nvdimm") {
      return says("controller") ? .controller(.nvdimm) : .other(.nvdimm)
    }
    if says("nvme") { return .controller(.nvme) }
    if says("ahci") || says("sata") { return .controller(.sata) }
    if says("virtio") || says("scsi") { return .controller(.scsi) }
    return .controller(.otherStorage)
  }

  /// oVirt's own numbers are recognized by the words beside them.
  private func oVirtDevice(_ item: Item) -> Device.Kind {
    switch (item.field("Type")?.text ?? "", item.field("Device")?.text ?? "") {
    case ("graphics", _), ("video", _): .other(.graphics)
    case ("sound", _): .other(.sound)
    case ("tpm", _): .other(.tpm)
    default: .other(Self.other(item))
    }
  }

  private static func other(_ item: Item) -> Device.Other {
    let words = lowered(item)
    func says(_ part: String) -> Bool { words.contains { $0.containsBytes(part) } }
    if says("tpm") { return .tpm }
    if says("vmci") { return .vmci }
    if says("passthrough") || says("vgpu") { return .pciPassthrough }
    if says("soundcard") || says("sound") || says("ensoniq") || says("hdaudio") { return .sound }
    if says("nvram") { return .nvram }
    if says("keyboard") || says("pointing") || says("mouse") { return .input }
    if says("serialport") { return .serialPort }
    if says("parallelport") { return .parallelPort }
    if says("videocard") { return .graphics }
    return .unknown
  }

  private static func lowered(_ item: Item) -> [String] {
    item.subTypes.map { $0.lowercased() }
  }
}

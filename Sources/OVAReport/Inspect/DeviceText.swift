import OVABasics
import OVAPackage
import OVFDescriptor
import VirtualDisks

extension Device {
  /// The least and the most that the device may get; nil without a range.
  var rangeText: String? {
    let ends = [
      minimum?.virtualQuantity.map { "at least \($0.text)" },
      maximum?.virtualQuantity.map { "at most \($0.text)" },
    ].compactMap(\.self)
    guard !ends.isEmpty else { return nil }
    let units = item.allocationUnits.map { ", in \($0.text)" } ?? ""
    return ends.joined(separator: ", ") + units
  }

  /// The place on a controller, or nothing where none is written.
  package var slotText: String { slot?.description ?? "" }

  /// An adapter's MAC address.
  package var macAddress: String? {
    kind == .networkAdapter ? item.macAddress?.text : nil
  }
}

extension String {
  /// `SCSI` of `SCSI 3`.
  var withoutNumber: String {
    split(separator: " ").first.map(String.init) ?? self
  }
}

extension BootStep {
  /// The step as people say it: the disk with its id, or the device with its place.
  var text: String {
    switch self {
    case .named(let name): name
    case .device(let device):
      [
        device.item.displayName?.text ?? device.kind.title,
        device.slot.map { "(\($0))" },
      ].compactMap(\.self).joined(separator: " ")
    }
  }
}

extension Device.Kind {
  /// The kind as people say it.
  package var title: String {
    switch self {
    case .processor: "processor"
    case .memory: "memory"
    case .controller(let bus): bus.rawValue.count <= 6 ? bus.rawValue.uppercased() : bus.rawValue
    case .disk: "disk"
    case .opticalDrive: "CD-ROM"
    case .floppyDrive: "floppy"
    case .networkAdapter: "NIC"
    case .other(let other): other.rawValue
    }
  }
}

extension HostResource {
  /// The resource as a short text.
  package var text: String {
    switch self {
    case .disk(let id): "disk '\(id)'"
    case .file(let id): "file '\(id)'"
    case .other(let text): "'\(text)'"
    }
  }
}

extension Disk {
  /// The last part of the format's URI, or the whole of a word.
  package var formatName: String {
    guard let format = format?.text, !format.isEmpty else { return "no format given" }
    guard let hash = format.lastIndex(of: "#") else { return format }
    let name = format[format.index(after: hash)...]
    return name.isEmpty ? format : String(name)
  }
}

extension PackageDisk {
  /// Bytes of the file in the package; nil when it is not there.
  package var storedSize: UInt64? {
    switch reference.target {
    case .file(let file): file.size
    case .chunks(let chunks): chunks.size
    default: nil
    }
  }
}

extension PackageDisk.Content {
  /// The kind of content, in a few words.
  package var title: String {
    switch self {
    case .disk(let disk):
      disk.format.isVMDK ? disk.createType ?? disk.format.name : disk.format.name
    case .unreadable(let error): "unreadable: \(error.reason)"
    }
  }
}

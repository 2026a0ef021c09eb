package import OVABasics
import VirtualDisks

/// What a disk file is, for programs.
package enum DiskJSON {
  /// The document's name and version; additions raise the second number.
  package static let schema = "ovakit/disk/1.1"

  /// One disk file.
  package static func document(_ report: DiskReport) -> JSON {
    var members: [(key: String, value: JSON)] = [
      ("schema", .string(schema)), ("path", .string(report.path)),
    ]
    members += facts(report.disk, allocated: report.allocated)
    members.append(("faults", .list(report.faults, fault)))
    members.append(("deep", report.deep.isEmpty ? .null : deep(report)))
    members.append(
      ("map", report.map.isEmpty ? .null : .list(report.map) { .decimal($0.thousandths) }))
    return .object(members)
  }

  /// What a disk says of itself.
  static func facts(_ disk: VirtualDisk, allocated: UInt64?) -> [(key: String, value: JSON)] {
    let descriptor = disk.descriptor
    return [
      ("format", .string(disk.format.rawValue)),
      ("create_type", .text(disk.createType)),
      ("capacity_bytes", .number(disk.capacity)),
      ("allocated_bytes", .number(allocated)),
      ("file_bytes", .unsigned(disk.fileSize)),
      ("grain_bytes", .number(disk.grainBytes)),
      ("header_version", .number(disk.header.map { UInt64($0.version) })),
      ("shape", .text(disk.shape?.rawValue)),
      ("adapter_type", .text(descriptor?.adapterType)),
      ("hardware_version", .text(descriptor?.hardwareVersion)),
      ("tools_version", .text(descriptor?.toolsVersion)),
      ("content_id", .text(descriptor?.contentID)),
      (
        "parent_content_id",
        .text(descriptor?.hasParent == true ? descriptor?.parentContentID : nil)
      ),
      ("uuid", .text(descriptor?.uuid)),
      ("extents", .texts(disk.otherFiles)),
      (
        "producer",
        disk.producer.map {
          ["program": .string($0.program.rawValue), "evidence": .texts($0.evidence)]
        } ?? .null
      ),
    ]
  }

  /// A fault with its stable name.
  static func fault(_ fault: DiskFault) -> JSON {
    [
      "name": .string(fault.name), "weight": .string(fault.weight.rawValue),
      "text": .string(fault.text), "place": .string(fault.place.description),
      "offset": .number(fault.place.offset),
    ]
  }

  private static func deep(_ report: DiskReport) -> JSON {
    [
      "checked": .bool(report.deep.contains(where: \.isChecked)),
      "grains": .number(report.deep.reduce(0) { $0 + $1.grains }),
      "faults": .number(report.deep.reduce(0) { $0 + $1.faultCount }),
      "bytes_read": .number(report.deep.reduce(UInt64(0)) { $0 &+ $1.bytesRead }),
      "compression_ratio": report.compressionRatio.map { .decimal($0.thousandths) } ?? .null,
    ]
  }
}

extension Double {
  /// The number with three decimals.
  var thousandths: String {
    let whole = Int((min(max(self, 0), 1_000_000) * 1000).rounded())
    let rest = String(whole % 1000)
    return "\(whole / 1000)." + String(repeating: "0", count: 3 - rest.utf8.count) + rest
  }
}

package import OVABasics
import VirtualDisks

/// Writes a report on a disk as JSON.
package enum DiskJSON {
  /// The document's name and version; additions raise the second number.
  package static let schema = "ovakit/disk/1.2"

  /// A whole run: every disk file that could be read, in the order given; one, several or none.
  package static func run(_ disks: [JSON]) -> JSON {
    ["schema": "ovakit/disk-run/1.0", "disks": .array(disks)]
  }

  /// One disk file.
  package static func document(_ report: DiskReport) -> JSON {
    JSONWriter.object { json in
      json.text("schema", schema)
      json.text("path", report.path)
      write(report.disk, allocated: report.allocated, &json)
      json.objects("faults", report.diagnostics, write(diagnostic:_:))
      json.object("deep", report.verification == nil ? nil : report, write(deep:_:))
      json.json("map", report.map.isEmpty ? .null : .list(report.map) { .decimal($0.thousandths) })
    }
  }

  /// Writes the facts about a disk.
  static func write(_ disk: VirtualDisk, allocated: UInt64?, _ json: inout JSONWriter) {
    let descriptor = disk.descriptor
    json.text("format", disk.format.rawValue)
    json.text("create_type", disk.createType)
    json.number("capacity_bytes", disk.capacity)
    json.number("allocated_bytes", allocated)
    json.number("file_bytes", disk.fileSize)
    json.number("grain_bytes", disk.grainBytes)
    json.number("header_version", disk.header.map { UInt64($0.version) })
    json.text("shape", disk.shape?.rawValue)
    json.text("adapter_type", descriptor?.adapterType)
    json.text("hardware_version", descriptor?.hardwareVersion)
    json.text("tools_version", descriptor?.toolsVersion)
    json.text("content_id", descriptor?.contentID)
    json.text(
      "parent_content_id", descriptor?.hasParent == true ? descriptor?.parentContentID : nil)
    json.text("uuid", descriptor?.uuid)
    json.text("variant", disk.structure?.variant)
    json.number("block_bytes", disk.structure?.blockBytes)
    json.text("compression", disk.structure?.compression)
    json.text("encryption", disk.encryption)
    json.object("base", disk.base) { base, json in
      json.text("name", base.name)
      json.text("content_id", base.contentID)
      json.text("format", base.format)
    }
    json.texts("extents", disk.otherFiles)
    json.object("producer", disk.producer) { producer, json in
      json.text("program", producer.program.rawValue)
      json.texts("evidence", producer.evidence)
    }
  }

  /// A fault with its stable name.
  static func write(diagnostic: DiskDiagnostic, _ json: inout JSONWriter) {
    json.text("name", diagnostic.name)
    json.text("weight", diagnostic.weight.rawValue)
    json.text("text", diagnostic.text)
    json.text("place", diagnostic.place.description)
    json.number("offset", diagnostic.place.offset)
  }

  private static func write(deep report: DiskReport, _ json: inout JSONWriter) {
    json.flag("checked", report.verification?.isComplete ?? false)
    json.texts("verified", report.verification?.checked ?? [])
    json.texts("not_verified", report.verification?.unchecked ?? [])
    json.number("grains", report.deep.reduce(0) { $0 + $1.grains })
    json.number("faults", report.deep.reduce(0) { $0 + $1.diagnosticCount })
    json.number("bytes_read", report.deep.reduce(UInt64(0)) { $0 &+ $1.bytesRead })
    json.json(
      "compression_ratio", report.compressionRatio.map { .decimal($0.thousandths) } ?? .null)
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

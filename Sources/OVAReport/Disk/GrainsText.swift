import OVABasics
import OVAPackage
import OVFDescriptor

/// A disk whose grains were read, beside what the descriptor says of it.
struct GrainsRead {
  let name: String
  let grains: ReadGrains
  /// The value of `ovf:populatedSize`.
  let populated: UInt64?

  /// All disks of a package whose grains were read; a file that several disks describe, as for
  /// several deployment options, was read once and is told once.
  static func all(of checked: CheckedPackage) -> [GrainsRead] {
    var seen: Set<ObjectIdentifier> = []
    return checked.package.disks.compactMap { disk in
      guard seen.insert(ObjectIdentifier(disk.reference)).inserted else { return nil }
      return checked.grains(of: disk).map { grains in
        GrainsRead(
          name: disk.reference.reference.href?.text ?? "", grains: grains,
          populated: disk.disk.populatedSize?.value)
      }
    }
  }

  /// A line for people.
  var text: String {
    var parts = [
      "'\(name.inert)': \(grains.count == 1 ? "1 grain" : "\(grains.count) grains") read",
      "\(ByteCount(grains.allocatedBytes)) in use"
        + (populated.map {
          $0 == grains.allocatedBytes ? ", as declared" : " (declared \(ByteCount($0)))"
        }
          ?? ""),
    ]
    if let ratio = grains.compressionRatio { parts.append("compressed to \(ratio.percent)") }
    return parts.joined(separator: ", ")
  }

  /// The same for programs.
  var json: JSON {
    [
      "file": .string(name), "grains": .number(grains.count),
      "allocated_bytes": .unsigned(grains.allocatedBytes),
      "populated_bytes": .number(populated), "stored_bytes": .unsigned(grains.storedBytes),
      "compression_ratio": grains.compressionRatio.map { .decimal($0.thousandths) } ?? .null,
    ]
  }
}

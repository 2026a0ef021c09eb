import OVABasics
import OVAPackage
import OVFDescriptor

/// A disk whose grains were read, beside what the descriptor says of it.
struct GrainsRead: Sendable, Hashable, Codable {
  /// The href of the disk.
  let name: String
  /// Grains that are stored.
  let count: Int
  /// Bytes of the capacity that are stored.
  let allocatedBytes: UInt64
  /// Bytes that they take in the file.
  let storedBytes: UInt64
  /// Stored bytes for each allocated byte; nil for disks that are not compressed or are empty.
  let compressionRatio: Double?
  /// The value of `ovf:populatedSize`.
  let populated: UInt64?

  private init(_ name: String, _ grains: ReadGrains, populated: UInt64?) {
    self.name = name
    count = grains.count
    allocatedBytes = grains.allocatedBytes
    storedBytes = grains.storedBytes
    compressionRatio = grains.compressionRatio
    self.populated = populated
  }

  /// All disks of a package whose grains were read; a file that several disks describe, as for
  /// several deployment options, was read once and is listed once.
  static func all(of checked: CheckedPackage) -> [GrainsRead] {
    var seen: Set<ObjectIdentifier> = []
    return checked.package.disks.compactMap { disk in
      guard seen.insert(ObjectIdentifier(disk.reference)).inserted else { return nil }
      return checked.grains(of: disk).map { grains in
        GrainsRead(
          disk.reference.reference.href?.text ?? "", grains,
          populated: disk.disk.populatedSize?.value)
      }
    }
  }

  /// A line for people.
  var text: String {
    var parts = [
      "'\(name.forDisplay)': \(count == 1 ? "1 grain" : "\(count) grains") read",
      "\(ByteCount(allocatedBytes)) in use"
        + (populated.map {
          $0 == allocatedBytes ? ", as declared" : " (declared \(ByteCount($0)))"
        }
          ?? ""),
    ]
    if let ratio = compressionRatio { parts.append("compressed to \(ratio.percent)") }
    return parts.joined(separator: ", ")
  }

  /// The same for programs.
  var json: JSON {
    [
      "file": .string(name), "grains": .number(count),
      "allocated_bytes": .unsigned(allocatedBytes),
      "populated_bytes": .number(populated), "stored_bytes": .unsigned(storedBytes),
      "compression_ratio": compressionRatio.map { .decimal($0.thousandths) } ?? .null,
    ]
  }
}

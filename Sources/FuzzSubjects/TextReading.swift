import OVABasics
import OVACatalog
import OVAIntegrity
import OVATime
import OVFDescriptor

/// Readers of text: descriptors, manifests, records and what stands in a URL.
enum TextReading {
  /// Reads a descriptor, and derives the hardware of its machines.
  static func descriptor(_ bytes: [UInt8]) {
    guard let envelope = try? Envelope.read(bytes, name: "fuzz.ovf") else { return }
    for system in envelope.virtualSystems {
      _ = envelope.hardware(of: system, in: envelope.defaultConfiguration)?.memoryBytes
    }
    for disk in envelope.disks { _ = envelope.capacity(of: disk, in: nil) }
  }

  /// Reads an allocation unit, and multiplies by it up to the largest number.
  static func unit(_ bytes: [UInt8]) {
    guard case .success(let unit) = ProgrammaticUnit.parse(String(decoding: bytes, as: UTF8.self))
    else {
      return
    }
    for count in [0, 1, 3, UInt64.max] { _ = unit.baseUnits(count) }
  }

  /// Reads a manifest; each of its entries has to be found by its name.
  static func manifest(_ bytes: [UInt8]) throws(Contradiction) {
    let manifest = Manifest.read(bytes, name: "fuzz.mf")
    for entry in manifest.entries where isUTF8(entry.nameBytes) {
      guard manifest.entries(for: entry.fileName).entries.contains(entry) else {
        throw Contradiction("an entry is not found by its name")
      }
    }
  }

  private static func isUTF8(_ bytes: [UInt8]) -> Bool {
    String(validating: bytes, as: UTF8.self) != nil
  }

  /// Reads records of the catalog.
  static func records(_ bytes: [UInt8]) {
    guard let times = try? APITime(zoneNamed: "America/Toronto") else { return }
    _ = try? RecordReader(times: times, file: "fuzz").records(in: bytes)
  }

  /// Reads what a URL may say of a filter and of an order.
  static func filter(_ bytes: [UInt8]) {
    guard let times = try? APITime(zoneNamed: "America/Toronto") else { return }
    let text = String(decoding: bytes, as: UTF8.self)
    _ = try? Filter(text, times: times)
    _ = try? Sort(text)
  }
}

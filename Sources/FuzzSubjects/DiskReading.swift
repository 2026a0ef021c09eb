import OVABasics
import OVAByteSource
import VirtualDisks

/// Readers of virtual disks.
enum DiskReading {
  /// Opens a disk from memory, and checks its structure and its content.
  static func disk(_ bytes: [UInt8], name: String) {
    let source = MemorySource(bytes, name: name)
    let disk = try? VirtualDisk.open(source)
    _ = try? disk?.allocatedBytes()
    _ = try? disk?.allocationMap(buckets: 64)
    // Formats other than VMDK are judged by their structure; every name that they need is there.
    let needing = try? VirtualDisk.open(source) { MemorySource(bytes, name: $0) }
    guard let results = try? needing?.deepChecks(workers: 1) else { return }
    _ = needing?.verification(with: results)
  }

  /// Reads the text descriptor of a VMDK.
  static func text(_ bytes: [UInt8]) {
    let (descriptor, _) = DiskDescriptor.read(bytes, name: "fuzz.vmdk")
    _ = descriptor.sectors
    for extent in descriptor.extents { _ = extent.danger }
  }
}

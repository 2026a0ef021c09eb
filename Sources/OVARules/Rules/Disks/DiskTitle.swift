import OVFDescriptor

extension Disk {
  /// The disk, as a sentence names it.
  var title: String { id.map { "the disk '\($0.text)'" } ?? "a disk without an id" }
}

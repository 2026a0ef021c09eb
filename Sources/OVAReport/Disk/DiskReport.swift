import OVABasics
import OVAByteSource
package import VirtualDisks

/// A report on a disk file: its own fields, and the results of reading it.
package struct DiskReport: Sendable {
  /// The path as it was given.
  package let path: String
  /// The disk.
  package let disk: VirtualDisk
  /// The results of reading each of its files; empty without a deep check.
  package let deep: [DeepDiskResult]
  /// The parts that were verified or not; nil without a deep check.
  package let verification: DiskVerification?
  /// The stored share of each equal part of the capacity, from 0 to 1; empty when not asked for.
  package let map: [Double]
  /// Bytes of the capacity that are stored, by the deep check or else by the tables; nil where
  /// neither tells.
  package let allocated: UInt64?

  /// - Parameter deep: what reading each file has shown; nil when it was not asked for.
  /// - Throws: `DiskError` when the machine did not let the tables be read.
  package init(
    path: String, disk: VirtualDisk, deep: [DeepDiskResult]? = nil, map: [Double] = []
  ) throws(DiskError) {
    let checked = (deep ?? []).filter { $0.isChecked && $0.header != nil }
    allocated =
      checked.isEmpty || checked.count != disk.parts.count
      ? try disk.toldAllocatedBytes() : checked.reduce(0) { $0 &+ $1.allocatedBytes }
    self.path = path
    self.disk = disk
    self.deep = deep ?? []
    verification = deep.map(disk.verification(with:))
    self.map = map
  }

  /// Everything that is wrong, each thing once, in the file's order.
  package var diagnostics: [DiskDiagnostic] {
    var seen: Set<DiskDiagnostic> = []
    return (disk.diagnostics + deep.flatMap(\.diagnostics)).filter { seen.insert($0).inserted }
  }

  /// True if the contents cannot be had, or not all.
  package var isDamaged: Bool { diagnostics.contains { $0.weight == .damage } }

  /// True if it was to be read in full and was not, or is damaged.
  package var isUnverified: Bool { verification.map { !$0.isComplete } ?? false }

  /// Stored bytes for each allocated byte, of a disk that was read whole.
  package var compressionRatio: Double? {
    let allocated = deep.reduce(0) { $0 &+ $1.allocatedBytes }
    let stored = deep.reduce(0) { $0 &+ $1.storedBytes }
    return allocated > 0 && disk.header?.isCompressed == true
      ? Double(stored) / Double(allocated) : nil
  }
}

extension VirtualDisk {
  /// The kind of VMDK, or the format.
  package var kind: String {
    let variant = structure?.variant.map { ", \($0)" } ?? ""
    return format == .vmdkSparse || format == .vmdkDescriptor
      ? createType ?? format.name : format.name + variant
  }
}

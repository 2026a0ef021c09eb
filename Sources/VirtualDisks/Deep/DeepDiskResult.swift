public import OVABasics

/// The result of reading a whole disk file.
public struct DeepDiskResult: Sendable {
  /// True if the file is of a kind whose grains are checked: a sparse VMDK with a sane header.
  public let isChecked: Bool
  /// The header that was met.
  public let header: SparseHeader?
  /// The embedded descriptor that was met.
  public let descriptor: DiskDescriptor?
  /// The diagnostics by offset; at most a thousand.
  public let diagnostics: [DiskDiagnostic]
  /// The number of diagnostics, kept or not.
  public let diagnosticCount: Int
  /// Grains that are stored.
  public let grains: Int
  /// Bytes of the capacity that are stored: what `populatedSize` tells.
  public let allocatedBytes: UInt64
  /// Bytes that the grains take in the file, without markers and padding.
  public let storedBytes: UInt64
  /// Bytes that were read.
  public let bytesRead: UInt64
  /// The parts that were checked, and those that could not be.
  public let verification: DiskVerification
  /// The structure of a disk of another format than hosted sparse VMDK.
  public let structure: DiskStructure?
  /// True if tables were not compared because of what else was read at the same time: alone, this
  /// disk is within the limit.
  package var isCrowdedOut = false

  /// True if every byte was looked at and nothing stood in the way.
  public var isVerified: Bool {
    verification.isComplete && !diagnostics.contains { $0.weight == .damage }
  }

  /// Stored bytes for each allocated byte: below 1 when compression helps; nil with no grains.
  public var compressionRatio: Double? {
    allocatedBytes > 0 ? Double(storedBytes) / Double(allocatedBytes) : nil
  }
}

extension VirtualDisk {
  /// The cheap check's diagnostics and those of reading it all, each once, in the file's order.
  public func diagnostics(with deep: DeepDiskResult) -> [DiskDiagnostic] {
    var seen: Set<DiskDiagnostic> = []
    return (diagnostics + deep.diagnostics).filter { seen.insert($0).inserted }
  }
}

import OVABasics
import OVAByteSource

/// A look at a disk of a format other than hosted sparse VMDK, and what it has shown so far.
///
/// The first look reads headers and the tables within a budget; the deep one reads every table and
/// inflates what is compressed. The work of both is bounded by the file's bytes.
struct StructureLook {
  /// Bytes of tables that the first look reads at most.
  static let firstLookBytes: UInt64 = 8 << 20
  /// Bytes that are read at a time.
  static let pieceBytes = 1 << 20

  let source: any ByteSource
  /// True if everything is read.
  let isDeep: Bool
  var structure = DiskStructure()
  var diagnostics: DiagnosticList
  var verification = DiskVerification()
  /// The names of files beside this one that were asked for and found, or nil for one that was not.
  var siblings: ((String) -> (any ByteSource)?)?
  /// The end of the last part that lies in the file by its own structure.
  private(set) var end: UInt64 = 0

  init(
    _ source: any ByteSource, isDeep: Bool, siblings: ((String) -> (any ByteSource)?)? = nil
  ) {
    self.source = source
    self.isDeep = isDeep
    self.siblings = siblings
    diagnostics = DiagnosticList(name: source.name)
  }

  var fileBytes: UInt64 { source.size }

  /// Reads a part of the file.
  /// - Returns: nil, with a diagnostic, where it is not there whole.
  mutating func read(
    _ part: String, at offset: UInt64, count: UInt64, field: UInt64 = 0
  ) throws(DiskError) -> [UInt8]? {
    guard contains(part, at: offset, count: count, field: field), count <= UInt64(Int32.max) else {
      return nil
    }
    let bytes = try source.diskBytes(at: offset, count: Int(count))
    return UInt64(bytes.count) == count ? bytes : nil
  }

  /// Returns whether a part lies in the file; a diagnostic where it does not.
  /// - Parameter field: where in the file the offset stands that leads to the part.
  @discardableResult
  mutating func contains(
    _ part: String, at offset: UInt64, count: UInt64, field: UInt64 = 0
  ) -> Bool {
    let (stop, overflow) = offset.addingReportingOverflow(count)
    if !overflow { end = max(end, plausible(stop)) }
    if !overflow, stop <= fileBytes { return true }
    diagnostics.add(
      .partOutside(part: part, offset: offset, bytes: count, fileBytes: fileBytes), at: field)
    return false
  }

  /// Notes that a part lies so far into the file, without a diagnostic of its own.
  mutating func reaches(_ stop: UInt64) { end = max(end, plausible(stop)) }

  /// An end that a file of this capacity may have; 0 for one that is far beyond.
  private func plausible(_ stop: UInt64) -> UInt64 {
    guard let capacity = structure.capacity else {
      return stop <= (fileBytes.addingWithin(1 << 30) ?? .max) ? stop : 0
    }
    let most = (capacity.addingWithin(capacity / 8) ?? .max).addingWithin(128 << 20) ?? .max
    return stop <= most ? stop : 0
  }

  /// Says that the file is cut short where its structure leads past its end.
  mutating func reportTruncation() {
    guard end > fileBytes else { return }
    diagnostics.add(.truncated(missing: end - fileBytes, atLeast: true), at: fileBytes)
  }

  /// Says so when a value is not one of those that make sense.
  mutating func expect(
    _ isRight: Bool, _ part: String, _ field: String, _ expected: String, found: some Any,
    at offset: UInt64
  ) {
    if isRight { return }
    diagnostics.add(
      .valueInvalid(part: part, field: field, expected: expected, found: "\(found)"), at: offset)
  }

  /// Takes a capacity that fits 63 bits; says so when it does not.
  mutating func takeCapacity(_ bytes: UInt64, _ part: String, _ field: String, at offset: UInt64) {
    if bytes > 0, bytes <= UInt64(Int64.max) {
      structure.capacity = bytes
    } else {
      expect(false, part, field, "a size up to 2^63 - 1", found: bytes, at: offset)
    }
  }

  /// Judges the name of another file that the disk needs.
  /// - Parameters:
  ///   - name: as the disk writes it.
  ///   - isBase: whether this disk holds only the changes to it.
  ///   - offset: where the name stands.
  mutating func need(_ name: String, isBase: Bool, at offset: UInt64) {
    if isBase {
      verification.unchecked.append("what it takes from '\(name)'")
    } else {
      verification.unchecked.append("its contents, which lie in '\(name)'")
    }
    // The first look has judged it already, with those who know what lies beside the disk.
    if isDeep { return }
    let lowered = String(decoding: DiskDescriptor.folded(name), as: UTF8.self)
    let isProtocol =
      lowered.contains("://") || lowered.utf8.starts(with: "json:".utf8)
      || ["file:", "nbd:", "rbd:", "fat:", "host_device:"].contains { lowered.hasPrefix($0) }
    if isProtocol || ExtentDanger(name: name) != nil {
      diagnostics.add(.baseOutside(name: name), at: offset)
    } else if let siblings, siblings(name) == nil {
      diagnostics.add(.baseMissing(name: name), at: offset)
    } else if isBase {
      diagnostics.add(.changesTo(base: name), at: offset)
    }
  }
}

/// Reads the structure of one format.
protocol StructureReader {
  /// Judges a disk as far as `look` wants, and keeps what it finds in it.
  ///
  /// What was found before an error stays.
  static func judge(_ look: inout StructureLook) throws(DiskError)
}

extension DiskFormat {
  /// The reader of this format's structure; nil where there is none.
  var structureReader: (any StructureReader.Type)? {
    switch self {
    case .qcow2: QCOW2Reader.self
    case .vhd: VHDReader.self
    case .vhdx: VHDXReader.self
    case .vdi: VDIReader.self
    case .rawGPT, .rawMBR, .zeros, .unknown: RawReader.self
    case .iso9660: ISO9660Reader.self
    case .vmdkCOWD: COWDReader.self
    case .vmdkSESparse: SESparseReader.self
    default: nil
    }
  }
}

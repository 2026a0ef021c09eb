public import OVABasics

/// Something wrong, or worth knowing, in a disk file, and where.
public struct DiskFault: Hashable, Sendable {
  /// What is wrong.
  public let kind: Kind
  /// Where: the file and the byte offset in it (the line, in a text descriptor's file).
  public let place: Place

  /// Makes a fault from its parts.
  public init(_ kind: Kind, at place: Place) {
    self.kind = kind
    self.place = place
  }

  /// How much a fault matters to whoever wants the disk's contents.
  public enum Weight: String, Hashable, Sendable {
    /// The contents cannot be had, or not all, or reading the disk is dangerous.
    case damage
    /// Readers differ about it, or some refuse it.
    case doubt
  }

  /// The parts of a sparse extent that offsets point at.
  public enum Part: String, Hashable, Sendable {
    case descriptor
    case directory = "grain directory"
    case redundantDirectory = "redundant grain directory"
    case table = "grain table"
    case grain
    case overhead = "first grain (overHead)"
  }

  /// Kinds of fault, each with what was expected and found; `text` says it in a sentence.
  ///
  /// Sectors are of 512 bytes; LBAs count them from the start of the disk.
  public enum Kind: Hashable, Sendable {
    // The file as a whole
    case notADisk(DiskFormat)
    case truncated(missing: UInt64, atLeast: Bool)
    case partialSector(bytes: UInt64)
    case trailingData(bytes: UInt64)
    // The header
    case headerIncomplete(expected: Int, found: Int)
    case versionUnknown(found: UInt32)
    case versionOld(expected: UInt32, found: UInt32)
    case flagsUnknown(found: UInt32)
    case textModeDamage(found: [UInt8])
    case capacityInvalid(sectors: UInt64)
    case tooManyGrains(most: UInt64, found: UInt64)
    case grainSizeInvalid(sectors: UInt64)
    case tableLengthInvalid(entries: UInt32)
    case compressionContradiction(flagged: Bool, algorithm: UInt16)
    case markersContradiction(compressed: Bool)
    case unclean
    case reservedNotZero
    case outside(Part, sector: UInt64, sectors: UInt64, fileSectors: UInt64)
    case overlapping(Part, sector: UInt64)
    case directoryMissing
    // The footer
    case footerMissing
    case footerMarkerInvalid
    case footerDiffers(field: String, expected: UInt64, found: UInt64)
    case endOfStreamMissing
    // The descriptor
    case descriptorUnreadable
    case descriptorTooLarge(limit: UInt64, found: UInt64)
    case descriptorFirstLine(found: String)
    case descriptorNUL
    case descriptorKeyMissing(String)
    case descriptorKeyTwice(String)
    case descriptorLine(found: String)
    case descriptorVersion(found: String)
    case contentIDInvalid(key: String, found: String)
    case createTypeUnknown(found: String)
    case createTypeContradiction(createType: String, compressed: Bool)
    case adapterTypeUnknown(found: String)
    case hasParent(contentID: String, hint: String?)
    // Its extents
    case extentsMissing
    case tooManyExtents(most: Int, found: Int)
    case extentInvalid(found: String)
    case extentsDisagree(expected: UInt64, found: UInt64)
    case extentAbsolute(name: String)
    case extentEscapes(name: String)
    case extentDevice(name: String)
    case extentMissing(name: String)
    case extentTooShort(name: String, expected: UInt64, found: UInt64)
    // The tables
    case tableEntriesTooMany(most: Int)
    case tableUnseen(table: Int, sector: UInt64)
    case grainSharedByEntries(lba: UInt64, sector: UInt64)
    case grainsOverlap(lba: UInt64, sector: UInt64)
    case entryWithoutGrain(lba: UInt64, sector: UInt64)
    case entryLeadsToOther(expected: UInt64, found: UInt64)
    case grainNotLedTo(lba: UInt64)
    case redundantDiffers(table: Int)
    // The grains
    case markerInvalid(value: UInt64, size: UInt32, type: UInt32)
    case markerLength(type: UInt32, expected: UInt64, found: UInt64)
    case grainOffGrid(lba: UInt64, grainSize: UInt64)
    case grainBeyondCapacity(lba: UInt64, capacity: UInt64)
    case grainTwice(lba: UInt64)
    case grainSizeOutOfBounds(lba: UInt64, most: UInt32, found: UInt32)
    case grainCutShort(lba: UInt64, missing: UInt64)
    case grainDamaged(lba: UInt64)
    case grainChecksum(lba: UInt64, expected: UInt32, found: UInt32)
    case grainLength(lba: UInt64, expected: Int, found: Int)
    case grainTooLong(lba: UInt64, most: Int)
    case grainLeftover(lba: UInt64, bytes: Int)
    case paddingNotZero
    case dataAfterEnd
  }
}

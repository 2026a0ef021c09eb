public import OVABasics

/// Something wrong, or worth knowing, in a disk's file.
///
/// Its place is the file and the byte offset in it; the line, in a text descriptor's file.
public typealias DiskDiagnostic = Diagnostic<DiskDiagnosticKind>

/// The kinds of `DiskDiagnostic`, each with what was expected and found; `text` says it in a
/// sentence.
///
/// Sectors are of 512 bytes; LBAs count them from the start of the disk.
public enum DiskDiagnosticKind: DiagnosticKind {
  // The file as a whole
  /// The file is something else.
  case notADisk(DiskFormat)
  /// Bytes are missing at the end: exactly so many, or at least.
  case truncated(missing: UInt64, atLeast: Bool)
  /// The length is no multiple of 512.
  case partialSector(bytes: UInt64)
  /// Bytes other than zeros follow the end of the stream.
  case trailingData(bytes: UInt64)
  /// Zeros follow the end of the stream, so that the footer is not at the end of the file.
  case zerosAfterEnd(bytes: UInt64)
  /// The file ends in zeros where the footer should be.
  case endIsZeros(bytes: UInt64)
  /// The contents cannot be had without a key.
  case encrypted(by: String)
  /// Every byte is zero.
  case onlyZeros
  // The header
  /// Fewer than 512 bytes, or the magic number is damaged.
  case headerIncomplete(expected: Int, found: Int)
  /// A header version other than 1 to 3.
  case versionUnknown(found: UInt32)
  /// A streamOptimized disk older than importers want.
  case versionOld(expected: UInt32, found: UInt32)
  /// Flags that have no meaning.
  case flagsUnknown(found: UInt32)
  /// The four newline bytes changed on the way.
  case textModeDamage(found: [UInt8])
  /// No sectors, or more bytes than 63 bits count.
  case capacityInvalid(sectors: UInt64)
  /// More grains than a directory of 32-bit sectors can serve.
  case tooManyGrains(most: UInt64, found: UInt64)
  /// More grain tables than a directory may list here.
  case tooManyTables(most: Int, found: UInt64)
  /// Not a power of two, or too large.
  case grainSizeInvalid(sectors: UInt64)
  /// Not a power of two up to 65,536.
  case tableLengthInvalid(entries: UInt32)
  /// Flags and algorithm disagree.
  case compressionContradiction(flagged: Bool, algorithm: UInt16)
  /// Compressed without markers, or the reverse.
  case markersContradiction(compressed: Bool)
  /// The writer did not close the disk.
  case unclean
  /// A byte that should be zero in a header.
  case reservedNotZero
  /// A part does not lie in the file.
  case outside(Part, sector: UInt64, sectors: UInt64, fileSectors: UInt64)
  /// A part lies across another.
  case overlapping(Part, sector: UInt64)
  /// No grain directory is named.
  case directoryMissing
  // The footer
  /// The header counts on a footer that is not there.
  case footerMissing
  /// No marker announces the footer.
  case footerMarkerInvalid
  /// Footer and header disagree.
  case footerDiffers(field: String, expected: UInt64, found: UInt64)
  /// No end-of-stream marker after the footer.
  case endOfStreamMissing
  /// A stream with neither a grain nor an end-of-stream marker.
  case streamEmpty
  // The descriptor
  /// The descriptor's area is full, which some importers write into.
  case descriptorAreaFull(free: UInt64)
  /// An encoding that is not known here.
  case encodingUnknown(name: String)
  /// Bytes that the declared encoding does not have.
  case encodingContradicted(name: String)
  /// A createType that importers refuse.
  case createTypeRefused(createType: String)
  /// The descriptor holds control characters.
  case descriptorUnreadable
  /// The limit `diskDescriptorBytes` was hit.
  case descriptorTooLarge(limit: UInt64, found: UInt64)
  /// It does not begin with `# Disk DescriptorFile`.
  case descriptorFirstLine(found: String)
  /// Text follows a NUL.
  case descriptorNUL
  /// A key that every descriptor has is absent.
  case descriptorKeyMissing(String)
  /// A key stands twice; the first counts here.
  case descriptorKeyTwice(String)
  /// A line that is neither comment, key nor extent.
  case descriptorLine(found: String)
  /// A value whose quotes are not in pairs.
  case descriptorQuotes(found: String)
  /// A carriage return without a line feed.
  case descriptorLoneReturn
  /// Lines of an embedded descriptor that end in CR LF.
  case descriptorLineEnds(lines: Int)
  /// A key that the known producers do not write.
  case descriptorKeyUnknown(String)
  /// A descriptor version that is not known.
  case descriptorVersion(found: String)
  /// A content id that is no hexadecimal number.
  case contentIDInvalid(key: String, found: String)
  /// A createType of no known name.
  case createTypeUnknown(found: String)
  /// The createType does not fit the header.
  case createTypeContradiction(createType: String, compressed: Bool)
  /// An adapter type of no known name.
  case adapterTypeUnknown(found: String)
  /// The disk holds only changes to another.
  case hasParent(contentID: String, hint: String?)
  // Its extents
  /// No extent is described.
  case extentsMissing
  /// The limit `diskExtents` was hit.
  case tooManyExtents(most: Int, found: Int)
  /// An extent line that cannot be read.
  case extentInvalid(found: String)
  /// The extents' sum is not the capacity; both in sectors.
  case extentsDisagree(expected: UInt64, found: UInt64)
  /// An extent at an absolute path.
  case extentAbsolute(name: String)
  /// An extent outside the folder, by `..`.
  case extentEscapes(name: String)
  /// An extent that is a device of the host.
  case extentDevice(name: String)
  /// An extent that is not there.
  case extentMissing(name: String)
  /// A flat extent with too few bytes.
  case extentTooShort(name: String, expected: UInt64, found: UInt64)
  // The tables
  /// More entries than grains fit the file.
  case tableEntriesTooMany(most: Int)
  /// The tables of the package's disks have more entries than the limit `tableEntries`; which
  /// entry leads to which grain was not compared.
  case tableEntriesLimit(most: UInt64)
  /// No table lies where the directory says.
  case tableUnseen(table: Int, sector: UInt64)
  /// Two entries lead to one grain.
  case grainSharedByEntries(lba: UInt64, sector: UInt64)
  /// Two grains lie across each other.
  case grainsOverlap(lba: UInt64, sector: UInt64)
  /// An entry leads to where no grain begins.
  case entryWithoutGrain(lba: UInt64, sector: UInt64)
  /// An entry leads to the grain of another LBA.
  case entryLeadsToOther(expected: UInt64, found: UInt64)
  /// No entry leads to a grain that is there.
  case grainNotLedTo(lba: UInt64)
  /// The copy of a table is the table itself, though others have copies.
  case redundantMissing(table: Int)
  /// The copy of a table is not equal.
  case redundantDiffers(table: Int)
  // The grains
  /// No marker where one is due.
  case markerInvalid(value: UInt64, size: UInt32, type: UInt32)
  /// A marker announces a wrong number of sectors.
  case markerLength(type: UInt32, expected: UInt64, found: UInt64)
  /// An LBA that is no multiple of the grain size.
  case grainOffGrid(lba: UInt64, grainSize: UInt64)
  /// An LBA past the end of the disk.
  case grainBeyondCapacity(lba: UInt64, capacity: UInt64)
  /// The same LBA for the second time.
  case grainTwice(lba: UInt64)
  /// More compressed bytes than a grain can take.
  case grainSizeOutOfBounds(lba: UInt64, most: UInt32, found: UInt32)
  /// The file ends inside the grain.
  case grainCutShort(lba: UInt64, missing: UInt64)
  /// The data does not inflate.
  case grainDamaged(lba: UInt64)
  /// The Adler-32 is another.
  case grainChecksum(lba: UInt64, expected: UInt32, found: UInt32)
  /// It inflates to fewer bytes than a grain.
  case grainLength(lba: UInt64, expected: Int, found: Int)
  /// It inflates to more bytes than a grain.
  case grainTooLong(lba: UInt64, most: Int)
  /// More bytes come out of the package's grains and compressed files than the limit
  /// `inflatedBytes`; the grains from there on were not inflated.
  case inflatedBytesLimit(most: UInt64)
  /// Bytes are left over after the zlib stream.
  case grainLeftover(lba: UInt64, bytes: Int)
  /// A byte that should be zero after a grain or marker.
  case paddingNotZero
  /// Data follows where the grains have ended.
  case dataAfterEnd
  // The structure of other formats; offsets and lengths in bytes
  /// A value that makes no sense, or that no reader takes.
  case valueInvalid(part: String, field: String, expected: String, found: String)
  /// A value that is unusual, or contradicts another of less weight.
  case valueUnusual(part: String, field: String, expected: String, found: String)
  /// The checksum of a part is another.
  case checksumDiffers(part: String, expected: UInt32, found: UInt32)
  /// One of two copies is damaged or absent; readers can use the other.
  case copyDamaged(part: String, reason: String)
  /// A part does not lie in the file.
  case partOutside(part: String, offset: UInt64, bytes: UInt64, fileBytes: UInt64)
  /// A part does not begin at a multiple of its unit.
  case partMisaligned(part: String, offset: UInt64, unit: UInt64)
  /// A part lies across another.
  case partOverlaps(part: String, offset: UInt64)
  /// An entry of a table that cannot be right.
  case entryInvalid(table: String, index: UInt64, reason: String)
  /// A cluster's count of references is too small or too large.
  case referenceCount(offset: UInt64, expected: UInt64, found: UInt64)
  /// Clusters that are counted as used and nothing uses; they only take room.
  case clustersLeaked(count: UInt64)
  /// Clusters that are stored behind the disk's end, which has perhaps another size.
  case clustersBeyondEnd(count: UInt64)
  /// The flag that says "used once" is wrong.
  case copiedFlag(offset: UInt64, references: UInt64)
  /// A compressed cluster does not inflate to a cluster.
  case clusterDamaged(address: UInt64)
  /// The program that used the disk last marked it as corrupt.
  case markedCorrupt
  /// Changes that were written to a log and not yet to the disk.
  case logPending
  /// The disk was saved together with a running machine.
  case savedState
  /// A partition lies outside the file; both in sectors.
  case partitionOutside(number: Int, end: UInt64, fileSectors: UInt64)
  /// A volume without a root directory.
  case volumeEmpty
  /// The volume is longer than the file.
  case volumeCutShort(expected: UInt64, found: UInt64)
  // Other files that the disk needs
  /// The disk holds only the changes to another, of that name.
  case changesTo(base: String?)
  /// A file that the disk needs is a path of the host, or leads out of the package.
  case baseOutside(name: String)
  /// A file that the disk needs is not there.
  case baseMissing(name: String)

  /// The effects of diagnostics on the contents of a disk.
  public enum Weight: String, Hashable, Sendable {
    /// The contents cannot be had, or not all, or reading the disk is dangerous.
    case damage
    /// Readers differ about it, or some refuse it.
    case doubt
    /// It is unusual; no reader is known to mind.
    case note
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
}

public import OVABasics

extension DiskDiagnostic {
  /// The kind's stable name, for programs.
  public var name: String { kind.explained.name }
  /// The effect on the contents of the disk.
  public var weight: DiskDiagnosticKind.Weight { kind.explained.weight }
  /// One sentence, without the place.
  public var text: String { kind.explained.text }
}

extension DiskDiagnosticKind: CustomStringConvertible {
  /// One sentence.
  public var description: String { explained.text }
}

extension DiskDiagnosticKind {
  typealias Explained = (name: String, weight: Weight, text: String)

  /// Name, weight and sentence of each kind, side by side.
  fileprivate var explained: Explained {
    fileExplained ?? headerExplained ?? descriptorExplained ?? tableExplained ?? grainExplained
      ?? structureExplained ?? ("unknown", .doubt, "something unknown")
  }

  private var fileExplained: Explained? {
    switch self {
    case .notADisk(let format) where format == .unknown || format == .zeros:
      // A raw disk without a partition table looks like this.
      ("notADisk", .doubt, "it is \(format.name)")
    case .notADisk(let format): ("notADisk", .damage, "it is \(format.name), not a disk")
    case .truncated(let missing, let atLeast):
      (
        "truncated", .damage,
        "the file is cut short: \(atLeast ? "at least " : "")\(missing) bytes are missing"
      )
    case .partialSector(let bytes):
      ("partialSector", .doubt, "the file ends \(bytes) bytes into a sector")
    case .trailingData(let bytes):
      ("trailingData", .doubt, "\(bytes) bytes follow the end of the disk")
    case .zerosAfterEnd(let bytes):
      (
        // Readers search back through 64 KiB at most.
        "zerosAfterEnd", bytes > 64 << 10 ? .damage : .doubt,
        "\(bytes) zero bytes follow the end of the disk: the file is too long, and readers that "
          + "look for the footer at its end do not find it"
      )
    case .endIsZeros(let bytes):
      (
        "endIsZeros", .damage,
        "the file's last \(bytes) bytes are zeros, where the end of the disk should be: a transfer "
          + "stopped after room was made for it"
      )
    case .encrypted(let method):
      (
        "encrypted", .damage,
        "it is encrypted (\(method.forDisplay)): nothing can be read without the key"
      )
    case .onlyZeros: ("onlyZeros", .doubt, "every byte of it is zero")
    default: nil
    }
  }

  private var headerExplained: Explained? {
    switch self {
    case .headerIncomplete(let expected, let found):
      (
        "headerIncomplete", .damage,
        "the file is cut short inside its header, which has \(found) bytes of \(expected)"
      )
    case .versionUnknown(let found):
      ("versionUnknown", .damage, "the sparse header's version is \(found); known are 1 to 3")
    case .versionOld(let expected, let found):
      (
        "versionOld", .doubt,
        "a streamOptimized disk of header version \(found); importers want \(expected)"
      )
    case .flagsUnknown(let found):
      // Readers may pass over the lower sixteen bits, never over the upper ones.
      (
        "flagsUnknown", found >> 18 == 0 ? .doubt : .damage,
        "the header has flags of no known meaning: \(found.hexadecimal)"
      )
    case .textModeDamage(let found):
      (
        "textModeDamage", .damage,
        "the newline bytes are \(found.map(\.hexadecimal).joined(separator: " ")), "
          + "not 0xa 0x20 0xd 0xa: the file was transferred as text, or the header is damaged"
      )
    case .capacityInvalid(let sectors):
      ("capacityInvalid", .damage, "the header's capacity is \(sectors) sectors")
    case .tooManyGrains(let most, let found):
      ("tooManyGrains", .damage, "the header's sizes make \(found) grains; at most \(most)")
    case .tooManyTables(let most, let found):
      ("tooManyTables", .damage, "the header's sizes make \(found) grain tables; at most \(most)")
    case .grainSizeInvalid(let sectors):
      (
        "grainSizeInvalid", .damage,
        "the grain size is \(sectors) sectors, not a power of two up to "
          + "\(SparseHeader.largestGrain)"
      )
    case .tableLengthInvalid(let entries):
      ("tableLengthInvalid", .damage, "a grain table has \(entries) entries; usual are 512")
    case .compressionContradiction(let flagged, let algorithm):
      (
        "compressionContradiction", .damage,
        "the header's flags say \(flagged ? "" : "un")compressed, the algorithm is \(algorithm)"
      )
    case .markersContradiction(let compressed):
      (
        "markersContradiction", .damage,
        "the header's flags say \(compressed ? "compressed without" : "uncompressed with") markers"
      )
    case .unclean: ("unclean", .doubt, "the disk was not closed by whoever wrote it")
    case .reservedNotZero:
      ("reservedNotZero", .doubt, "a reserved byte is not zero")
    case .outside(let part, let sector, let sectors, let fileSectors):
      (
        "outside", .damage,
        "the \(part.rawValue) (\(sectors) sectors from sector \(sector)) lies outside the file "
          + "of \(fileSectors) sectors"
      )
    case .overlapping(let part, let sector):
      ("overlapping", .damage, "the \(part.rawValue) at sector \(sector) overlaps another part")
    case .directoryMissing: ("directoryMissing", .damage, "there is no grain directory")
    case .footerMissing:
      (
        "footerMissing", .damage,
        "the header leaves the grain directory to a footer, and there is none"
      )
    case .footerMarkerInvalid:
      ("footerMarkerInvalid", .damage, "no footer marker precedes the footer")
    case .footerDiffers(let field, let expected, let found):
      (
        "footerDiffers", .damage,
        "the footer's \(field) is \(found), the header's is \(expected)"
      )
    case .endOfStreamMissing:
      ("endOfStreamMissing", .damage, "no end-of-stream marker follows the footer")
    case .streamEmpty:
      (
        "streamEmpty", .doubt,
        "the stream has no grain and no end-of-stream marker, which importers refuse"
      )
    default: nil
    }
  }

  private var tableExplained: Explained? {
    switch self {
    case .tableEntriesLimit(let most):
      (
        "tableEntriesLimit", .doubt,
        "the grain tables have more entries than the limit 'tableEntries' of \(most); they were not "
          + "compared with the grains"
      )
    case .tableEntriesTooMany(let most):
      (
        "tableEntriesTooMany", .damage,
        "the grain tables name more grains than the file can hold (\(most))"
      )
    case .tableUnseen(let table, let sector):
      (
        "tableUnseen", .damage,
        "grain table \(table) should be at sector \(sector), where none was found"
      )
    case .grainSharedByEntries(let lba, let sector):
      (
        "grainSharedByEntries", .damage,
        "the table entry for LBA \(lba) leads to sector \(sector), as another does"
      )
    case .grainsOverlap(let lba, let sector):
      ("grainsOverlap", .damage, "the grain of LBA \(lba) at sector \(sector) overlaps another")
    case .entryWithoutGrain(let lba, let sector):
      (
        "entryWithoutGrain", .damage,
        "the table entry for LBA \(lba) leads to sector \(sector), where no grain begins"
      )
    case .entryLeadsToOther(let expected, let found):
      (
        "entryLeadsToOther", .damage,
        "the table entry for LBA \(expected) leads to the grain of LBA \(found)"
      )
    case .grainNotLedTo(let lba):
      ("grainNotLedTo", .damage, "no table entry leads to the grain of LBA \(lba)")
    case .redundantMissing(let table):
      (
        "redundantMissing", .doubt,
        "the redundant directory leads to grain table \(table) itself, not to a copy"
      )
    case .redundantDiffers(let table):
      (
        "redundantDiffers", .damage,
        "the redundant copy of grain table \(table) differs from the first"
      )
    default: nil
    }
  }

  private var grainExplained: Explained? {
    switch self {
    case .markerInvalid(let value, let size, let type):
      (
        "markerInvalid", .damage,
        "no marker where one is due (value \(value), size \(size), type \(type))"
      )
    case .markerLength(let type, let expected, let found):
      (
        "markerLength", .damage,
        "the marker of type \(type) announces \(found) sectors, not \(expected)"
      )
    case .grainOffGrid(let lba, let grainSize):
      (
        "grainOffGrid", .damage,
        "a grain's LBA \(lba) is not a multiple of the grain size \(grainSize)"
      )
    case .grainBeyondCapacity(let lba, let capacity):
      (
        "grainBeyondCapacity", .damage,
        "a grain's LBA \(lba) is beyond the capacity of \(capacity) sectors"
      )
    case .grainTwice(let lba): ("grainTwice", .damage, "the grain of LBA \(lba) is there twice")
    case .grainSizeOutOfBounds(let lba, let most, let found):
      (
        "grainSizeOutOfBounds", .damage,
        "the grain of LBA \(lba) claims \(found) compressed bytes; at most \(most)"
      )
    case .grainCutShort(let lba, let missing):
      (
        "grainCutShort", .damage,
        "the file ends \(missing) bytes before the grain of LBA \(lba) does"
      )
    case .grainDamaged(let lba):
      ("grainDamaged", .damage, "the grain of LBA \(lba) does not inflate: its data is damaged")
    case .grainChecksum(let lba, let expected, let found):
      (
        "grainChecksum", .damage,
        "the grain of LBA \(lba) has Adler-32 \(found.hexadecimal), its stream says \(expected.hexadecimal)"
      )
    case .grainLength(let lba, let expected, let found):
      (
        "grainLength", .damage,
        "the grain of LBA \(lba) inflates to \(found) bytes, not \(expected)"
      )
    case .grainTooLong(let lba, let most):
      ("grainTooLong", .damage, "the grain of LBA \(lba) inflates to more than \(most) bytes")
    case .inflatedBytesLimit(let most):
      (
        "inflatedBytesLimit", .doubt,
        "more bytes come out of the grains than the limit 'inflatedBytes' of \(most); the rest was "
          + "not inflated"
      )
    case .grainLeftover(let lba, let bytes):
      (
        "grainLeftover", .doubt,
        "\(bytes) bytes are left over after the zlib stream of the grain of LBA \(lba)"
      )
    case .paddingNotZero: ("paddingNotZero", .doubt, "a padding byte is not zero")
    case .dataAfterEnd:
      ("dataAfterEnd", .damage, "data follows the end of the grains")
    default: nil
    }
  }
}

import OVABasics

extension SparseHeader {
  /// Checks the header by itself.
  /// - Parameters:
  ///   - offset: where it stands; the header at 0, a footer near the end.
  ///   - diagnostics: takes what is found.
  func check(at offset: UInt64, into diagnostics: inout DiagnosticList) {
    if !(1...3).contains(version) {
      diagnostics.add(.versionUnknown(found: version), at: offset + 4)
    }
    if !flags.isSubset(of: .known) {
      diagnostics.add(.flagsUnknown(found: flags.rawValue), at: offset + 8)
    }
    if flags.contains(.newlineTest), newlines != [0x0A, 0x20, 0x0D, 0x0A] {
      diagnostics.add(.textModeDamage(found: newlines), at: offset + 73)
    }
    if capacityBytes == nil {
      diagnostics.add(.capacityInvalid(sectors: capacity), at: offset + 12)
    }
    if grainBytes == nil {
      diagnostics.add(.grainSizeInvalid(sectors: grainSize), at: offset + 20)
    } else if capacityBytes != nil, grainCount == nil {
      let found = (capacity - 1) / grainSize + 1
      diagnostics.add(.tooManyGrains(most: Self.mostGrains, found: found), at: offset + 12)
    }
    if !hasSaneTables {
      diagnostics.add(.tableLengthInvalid(entries: tableEntries), at: offset + 44)
    } else if let found = tablesClaimed, found > Self.mostTables {
      diagnostics.add(.tooManyTables(most: Self.mostTables, found: UInt64(found)), at: offset + 44)
    }
    if isCompressed != (compression == 1) || compression > 1 {
      diagnostics.add(
        .compressionContradiction(flagged: isCompressed, algorithm: compression), at: offset + 77)
    }
    if isCompressed != flags.contains(.markers) {
      diagnostics.add(.markersContradiction(compressed: isCompressed), at: offset + 8)
    }
    if isUnclean { diagnostics.add(.unclean, at: offset + 72) }
    if let reserved = firstReservedByteSet {
      diagnostics.add(.reservedNotZero, at: offset + UInt64(reserved))
    }
    if isCompressed, version < 3, version > 0 {
      diagnostics.add(.versionOld(expected: 3, found: version), at: offset + 4)
    }
  }

  /// Compares a footer with this header.
  func compare(footer: SparseHeader, at offset: UInt64, into diagnostics: inout DiagnosticList) {
    let fields: [(String, UInt64, UInt64, UInt64)] = [
      ("version", 4, UInt64(version), UInt64(footer.version)),
      ("flags", 8, UInt64(flags.rawValue), UInt64(footer.flags.rawValue)),
      ("capacity", 12, capacity, footer.capacity),
      ("grainSize", 20, grainSize, footer.grainSize),
      ("descriptorOffset", 28, descriptorSector, footer.descriptorSector),
      ("descriptorSize", 36, descriptorSectors, footer.descriptorSectors),
      ("numGTEsPerGT", 44, UInt64(tableEntries), UInt64(footer.tableEntries)),
      ("overHead", 64, overhead, footer.overhead),
      ("compressAlgorithm", 77, UInt64(compression), UInt64(footer.compression)),
    ]
    for (field, at, expected, found) in fields where expected != found {
      diagnostics.add(
        .footerDiffers(field: field, expected: expected, found: found), at: offset + at)
    }
    if directorySector != Self.directoryInFooter, directorySector != footer.directorySector {
      diagnostics.add(
        .footerDiffers(
          field: "gdOffset", expected: directorySector, found: footer.directorySector),
        at: offset + 56)
    }
  }
}

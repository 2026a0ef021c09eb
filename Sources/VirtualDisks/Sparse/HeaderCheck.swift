extension SparseHeader {
  /// Checks the header by itself.
  /// - Parameters:
  ///   - offset: where it stands; the header at 0, a footer near the end.
  ///   - faults: takes what is found.
  func check(at offset: UInt64, into faults: inout FaultList) {
    if !(1...3).contains(version) { faults.add(.versionUnknown(found: version), at: offset + 4) }
    if !flags.isSubset(of: .known) {
      faults.add(.flagsUnknown(found: flags.rawValue), at: offset + 8)
    }
    if flags.contains(.newlineTest), newlines != [0x0A, 0x20, 0x0D, 0x0A] {
      faults.add(.textModeDamage(found: newlines), at: offset + 73)
    }
    if capacityBytes == nil { faults.add(.capacityInvalid(sectors: capacity), at: offset + 12) }
    if grainBytes == nil {
      faults.add(.grainSizeInvalid(sectors: grainSize), at: offset + 20)
    } else if capacityBytes != nil, grainCount == nil {
      let found = (capacity - 1) / grainSize + 1
      faults.add(.tooManyGrains(most: Self.mostGrains, found: found), at: offset + 12)
    }
    if !hasSaneTables {
      faults.add(.tableLengthInvalid(entries: tableEntries), at: offset + 44)
    } else if let found = tablesClaimed, found > Self.mostTables {
      faults.add(.tooManyTables(most: Self.mostTables, found: UInt64(found)), at: offset + 44)
    }
    if isCompressed != (compression == 1) || compression > 1 {
      faults.add(
        .compressionContradiction(flagged: isCompressed, algorithm: compression), at: offset + 77)
    }
    if isCompressed != flags.contains(.markers) {
      faults.add(.markersContradiction(compressed: isCompressed), at: offset + 8)
    }
    if isUnclean { faults.add(.unclean, at: offset + 72) }
    if let reserved = firstReservedByteSet {
      faults.add(.reservedNotZero, at: offset + UInt64(reserved))
    }
    if isCompressed, version < 3, version > 0 {
      faults.add(.versionOld(expected: 3, found: version), at: offset + 4)
    }
  }

  /// Compares a footer with this header.
  func compare(footer: SparseHeader, at offset: UInt64, into faults: inout FaultList) {
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
      faults.add(.footerDiffers(field: field, expected: expected, found: found), at: offset + at)
    }
    if directorySector != Self.directoryInFooter, directorySector != footer.directorySector {
      faults.add(
        .footerDiffers(
          field: "gdOffset", expected: directorySector, found: footer.directorySector),
        at: offset + 56)
    }
  }
}

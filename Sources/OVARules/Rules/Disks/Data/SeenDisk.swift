import OVABasics
import OVAPackage
import OVFDescriptor
import VirtualDisks

/// A disk of the package whose bytes were looked at, with what is wrong with them.
///
/// A class, for many rules go through these disks, and each copy of all that is known of one would
/// cost more than most rules' judgment.
final class SeenDisk: Sendable {
  /// The disk.
  let disk: PackageDisk
  /// The content of its bytes, inflated where they are compressed.
  let content: VirtualDisk
  /// The diagnostics, without those that follow from another one; places are those of the package.
  let diagnostics: [DiskDiagnostic]

  init(disk: PackageDisk, content: VirtualDisk, diagnostics: [DiskDiagnostic]) {
    self.disk = disk
    self.content = content
    self.diagnostics = diagnostics
  }

  /// The href, as findings name the disk.
  var name: String { disk.reference.hrefText }

  /// The diagnostics of one family.
  func diagnostics(of family: DiskDiagnosticKind.Family) -> [DiskDiagnostic] {
    diagnostics.filter { $0.family == family }
  }
}

extension DiskDiagnosticKind {
  /// The families of kinds: one rule judges each.
  enum Family {
    case truncation, header, textMode, version, unclean, footer, tables, grains, trailingData
    case descriptor, unusualDescriptor, createType, parent, dangerousExtent, missingExtent,
      otherFormat, encryption, refusedType, blank
  }
}

extension DiskDiagnostic {
  /// The family of its kind.
  var family: DiskDiagnosticKind.Family {
    switch kind {
    case .notADisk: .otherFormat
    case .truncated, .grainCutShort, .extentTooShort, .endIsZeros, .partitionOutside,
      .volumeCutShort:
      .truncation
    case .partialSector, .trailingData, .zerosAfterEnd, .dataAfterEnd: .trailingData
    case .headerIncomplete, .versionUnknown, .flagsUnknown, .capacityInvalid, .tooManyGrains,
      .tooManyTables, .grainSizeInvalid, .tableLengthInvalid, .compressionContradiction,
      .markersContradiction,
      .reservedNotZero, .valueInvalid, .valueUnusual, .checksumDiffers, .copyDamaged,
      .markedCorrupt:
      .header
    case .versionOld: .version
    case .textModeDamage: .textMode
    case .unclean, .logPending, .savedState: .unclean
    case .footerMissing, .footerMarkerInvalid, .footerDiffers, .endOfStreamMissing, .streamEmpty:
      .footer
    case .descriptorUnreadable, .descriptorTooLarge, .descriptorFirstLine, .descriptorNUL,
      .descriptorKeyMissing, .descriptorKeyTwice, .descriptorLine, .descriptorQuotes,
      .descriptorLoneReturn, .descriptorVersion,
      .contentIDInvalid, .createTypeUnknown, .adapterTypeUnknown, .extentsMissing,
      .tooManyExtents, .extentInvalid, .extentsDisagree, .encodingUnknown,
      .encodingContradicted:
      .descriptor
    case .descriptorLineEnds, .descriptorKeyUnknown, .descriptorAreaFull: .unusualDescriptor
    case .createTypeContradiction: .createType
    case .hasParent, .changesTo: .parent
    case .extentAbsolute, .extentEscapes, .extentDevice, .baseOutside: .dangerousExtent
    case .extentMissing, .baseMissing: .missingExtent
    case .encrypted: .encryption
    case .createTypeRefused: .refusedType
    case .onlyZeros: .blank
    case .outside, .overlapping, .directoryMissing, .tableEntriesTooMany, .tableEntriesLimit,
      .tableUnseen,
      .grainSharedByEntries, .grainsOverlap, .entryWithoutGrain, .entryLeadsToOther,
      .grainNotLedTo, .redundantMissing, .redundantDiffers, .partOutside, .partMisaligned,
      .partOverlaps, .entryInvalid, .referenceCount, .clustersLeaked, .clustersBeyondEnd,
      .copiedFlag, .volumeEmpty:
      .tables
    case .markerInvalid, .markerLength, .grainOffGrid, .grainBeyondCapacity, .grainTwice,
      .grainSizeOutOfBounds, .grainDamaged, .grainChecksum, .grainLength, .grainTooLong,
      .inflatedBytesLimit, .grainLeftover, .paddingNotZero, .clusterDamaged:
      .grains
    }
  }

  /// True if the walk over the grains loses its way, so that tables no longer agree with it.
  fileprivate var misleads: Bool {
    switch kind {
    case .markerInvalid, .markerLength, .grainOffGrid, .grainBeyondCapacity, .grainTwice,
      .grainSizeOutOfBounds:
      true
    default: false
    }
  }
}

extension [DiskDiagnostic] {
  /// The diagnostics without those that follow from others.
  /// - Parameter isCutShort: whether the archive ends inside the file, which is said elsewhere.
  func roots(isCutShort: Bool) -> [DiskDiagnostic] {
    func any(_ family: DiskDiagnosticKind.Family) -> Bool { contains { $0.family == family } }
    var hidden: Set<DiskDiagnosticKind.Family> = []
    let isTruncated = isCutShort || any(.truncation)
    if isCutShort { hidden.insert(.truncation) }
    if isTruncated { hidden.formUnion([.footer, .tables, .trailingData]) }
    let isHeaderBroken = contains { $0.family == .header && $0.weight == .damage }
    if any(.textMode) || isHeaderBroken {
      hidden.formUnion([.truncation, .footer, .tables, .grains, .trailingData, .version])
    }
    if any(.textMode) { hidden.insert(.header) }
    if contains(where: \.misleads) { hidden.insert(.tables) }
    // A disk that is another's changes is so by its descriptor, whatever else stands in it.
    return filter { diagnostic in
      !hidden.contains(diagnostic.family) && !(isTruncated && diagnostic.misleads)
    }
  }
}

extension CheckedPackage {
  /// Returns the content of a disk's bytes, inflated where they are compressed; nil where that is
  /// not known.
  func content(of disk: PackageDisk) -> VirtualDisk? {
    if case .disk(let content) = disk.content { return content }
    return evidence.of(disk.reference)?.gzip?.content
  }

  /// The disks of the package whose bytes were looked at.
  var seenDisks: [SeenDisk] { cached(.seenDisks) { package.disks.compactMap(seen) } }

  /// Returns whether a file's own structure says that its end is missing.
  func isTruncatedDisk(_ resolved: ResolvedReference) -> Bool {
    seenDisks.contains { seen in
      seen.disk.reference.reference.place == resolved.reference.place
        && !seen.diagnostics(of: .truncation).isEmpty
    }
  }

  /// Returns whether a file that should be a VMDK is something else.
  func isNotTheDisk(_ resolved: ResolvedReference) -> Bool {
    package.disks.contains { disk in
      guard disk.reference.reference.place == resolved.reference.place, disk.claimsVMDK,
        let content = content(of: disk)
      else { return false }
      return !content.format.isVMDK && content.format != .gzip
    }
  }

  private func seen(_ disk: PackageDisk) -> SeenDisk? {
    guard let content = content(of: disk) else { return nil }
    var diagnostics = content.diagnostics
    if let deep = evidence.of(disk.reference)?.deep {
      diagnostics = content.diagnostics(with: deep)
    }
    let place = disk.filePlace
    diagnostics = diagnostics.map { diagnostic in
      diagnostic.place.file == content.name ? diagnostic.renamed(place.file) : diagnostic
    }
    for (path, _) in disk.extentFiles {
      diagnostics += evidence.files[path]?.deep?.diagnostics ?? []
    }
    // A place far beyond what the whole disk could take is a wrong place, not a missing end.
    let most = content.capacity.map { $0.addingReportingOverflow($0 / 64 + 16 << 20).partialValue }
    diagnostics.removeAll { diagnostic in
      guard case .truncated(let missing, _) = diagnostic.kind, let most else { return false }
      return missing.addingReportingOverflow(content.fileSize).partialValue > most
    }
    // An end that is not there, in a file shorter than declared, was cut off.
    if let declared = disk.reference.reference.size?.value,
      let real = disk.reference.storedSize, real < declared,
      diagnostics.contains(where: { $0.family == .footer || $0.family == .tables })
    {
      let kind = DiskDiagnosticKind.truncated(missing: declared - real, atLeast: false)
      diagnostics.insert(DiskDiagnostic(kind, at: place.at(offset: real)), at: 0)
    }
    var known: Set<DiskDiagnostic> = []
    diagnostics = diagnostics.filter { known.insert($0).inserted }
    return SeenDisk(
      disk: disk, content: content,
      diagnostics: diagnostics.roots(isCutShort: disk.reference.isCutShort))
  }
}

extension Findings {
  /// Adds one finding for all diagnostics of a family on one disk: the most severe first, and how
  /// many more there are.
  mutating func add(_ seen: SeenDisk, _ family: DiskDiagnosticKind.Family) {
    let diagnostics = seen.diagnostics(of: family)
    let worst =
      diagnostics.first { $0.weight == .damage } ?? diagnostics.first { $0.weight == .doubt }
    guard let first = worst ?? diagnostics.first else { return }
    let severity: Severity? =
      switch first.weight {
      case .damage: nil
      case .doubt: .warning
      case .note: .info
      }
    let more =
      switch diagnostics.count {
      case 1: ""
      case 2: "; and one more"
      default: "; and \(diagnostics.count - 1) more"
      }
    add(
      "'\(seen.name)': \(first.text)\(more)", at: first.place, severity: severity)
  }
}

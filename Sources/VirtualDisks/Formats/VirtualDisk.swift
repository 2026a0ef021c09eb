public import OVABasics
public import OVAByteSource

/// A disk file, read where it lies: what it is, what it says of itself, what is wrong with it.
public struct VirtualDisk: Sendable {
  /// A part of the disk's contents in its order.
  public struct Part: Sendable {
    /// The storage of a part's contents.
    public enum Storage: Sendable {
      /// Grains behind tables.
      case sparse(SparseExtent)
      /// The bytes as they are, from a byte offset in a file on.
      case flat(any ByteSource, offset: UInt64)
      /// Nowhere: zeros.
      case zero
      /// A file whose header was judged and whose contents are not read here.
      case unread(any ByteSource, DiskFormat)
      /// A file that is not there, damaged or not to be opened.
      case missing
    }

    /// Its size in sectors.
    public let sectors: UInt64
    /// The storage of the bytes.
    public let storage: Storage
  }

  /// The file.
  public let source: any ByteSource
  /// The format of the file.
  public let format: DiskFormat
  /// The sparse extent that the file is; nil for other formats and text descriptors.
  public let extent: SparseExtent?
  /// The descriptor, embedded or the file itself.
  public let descriptor: DiskDescriptor?
  /// The virtual size in bytes; nil when the file does not say, or says nonsense.
  public let capacity: UInt64?
  /// The structure of a disk of another format; nil for hosted sparse VMDKs and text descriptors.
  public let structure: DiskStructure?
  /// The contents' parts in their order; empty for formats other than VMDK and raw.
  public let parts: [Part]
  /// The diagnostics that opening the disk found.
  public let diagnostics: [DiskDiagnostic]

  /// The name that places carry.
  public var name: String { source.name }
  /// The file's length in bytes.
  public var fileSize: UInt64 { source.size }
  /// The file's sparse header.
  public var header: SparseHeader? { extent?.header }
  /// The shape of a streamOptimized disk.
  public var shape: StreamShape? { extent?.shape }
  /// Bytes of a grain; nil where there are none.
  public var grainBytes: Int? { header?.grainBytes }
  /// The kind of VMDK: the descriptor's `createType`, else the kind that the header shows.
  public var createType: String? {
    switch format {
    case .vmdkCOWD: "vmfsSparse"
    case .vmdkSESparse: "seSparse"
    default:
      descriptor?.createType
        ?? extent.map { $0.header.isCompressed ? "streamOptimized" : "sparse" }
    }
  }
  /// The encryption of the contents; nil when they are not encrypted, as far as the disk says.
  public var encryption: String? { structure?.encryption ?? descriptor?.encryption }
  /// The disk to which this one holds only the changes; nil for a disk that stands alone.
  public var base: DiskBase? {
    if let structure { return structure.base }
    guard let descriptor, descriptor.hasParent else { return nil }
    return DiskBase(
      name: descriptor.parentHint, contentID: descriptor.parentContentID, format: nil)
  }
  /// Bytes of the file after the end of the stream, which VMware's reader leaves out of its
  /// digest (zeros in disks of qemu-img); nil when the end is not known.
  public var bytesAfterStream: UInt64? {
    extent?.streamEnd.map { fileSize > $0 ? fileSize - $0 : 0 }
  }
  /// True if something here knows the format's structure, so that silence says something.
  public var isJudged: Bool {
    extent != nil || descriptor != nil || format.structureReader != nil || !format.isDisk
  }
  /// The product that wrote the disk, when it is known.
  public var producer: DiskProducer? { DiskProducer(of: self) }
  /// The names of the files, besides this one, that the disk's contents lie in.
  public var otherFiles: [String] {
    if format == .vmdkDescriptor { return descriptor?.extents.compactMap(\.name) ?? [] }
    return structure?.dataFile.map { [$0] } ?? []
  }

  /// Reads what a disk says of itself and checks it with a few small reads.
  ///
  /// Damage is in `diagnostics`; a file that is no disk at all has the diagnostic `notADisk`.
  /// - Parameters:
  ///   - source: the disk's file.
  ///   - limits: bounds on descriptors and extents.
  ///   - siblings: gives the files beside it by the names that a text descriptor uses; never
  ///     called for a name that leads outside. Nil leaves extents unchecked.
  /// - Throws: `DiskError` when the bytes cannot be had.
  public static func open(
    _ source: any ByteSource, limits: Limits = Limits(),
    siblings: ((String) -> (any ByteSource)?)? = nil
  ) throws(DiskError) -> VirtualDisk {
    let format = try DiskFormat.recognize(source)
    switch format {
    case .vmdkSparse: return try openSparse(source, limits: limits)
    case .vmdkDescriptor: return try openDescriptor(source, limits: limits, siblings: siblings)
    default: return try openOther(source, format: format, siblings: siblings)
    }
  }
}

extension VirtualDisk {
  /// Takes what a disk's text costs in memory once it is read: its lines may be short and many.
  private static func take(
    text: [UInt8], of source: any ByteSource, _ limits: Limits
  ) throws(DiskError) {
    guard limits.take(18 * text.count + 6_144, of: .heldBytes) else {
      throw DiskError(
        code: .limitExceeded, doing: "read the disk's descriptor",
        reason: limits.excess(of: .heldBytes), place: Place(source.name))
    }
  }

  private static func openSparse(
    _ source: any ByteSource, limits: Limits
  ) throws(DiskError) -> VirtualDisk {
    let (extent, found) = try SparseOpening.open(source, limits: limits)
    var diagnostics = found.kept
    var descriptor: DiskDescriptor?
    if let extent, !extent.descriptorBytes.isAllZero {
      let start = extent.header.descriptorSector * sectorBytes
      try take(text: extent.descriptorBytes, of: source, limits)
      let (read, wrong) = DiskDescriptor.read(
        extent.descriptorBytes, name: source.name, offset: start, limits: limits)
      descriptor = read
      // The name of a sparse extent inside its own file is noise; no product opens it. With any
      // other type, or no capacity in the header, readers follow the descriptor.
      let isNoise =
        extent.header.capacity > 0
        && read.extents.allSatisfy { $0.type == "SPARSE" && $0.danger != .device }
      diagnostics += isNoise ? wrong.filter { !$0.kind.isExtentName } : wrong
      diagnostics += compare(read, extent: extent, at: Place(source.name, offset: start))
    }
    let parts = extent.map { [Part(sectors: $0.header.capacity, storage: .sparse($0))] } ?? []
    return VirtualDisk(
      source: source, format: .vmdkSparse, extent: extent, descriptor: descriptor,
      capacity: extent?.header.capacityBytes, structure: nil, parts: parts, diagnostics: diagnostics
    )
  }

  private static func compare(
    _ descriptor: DiskDescriptor, extent: SparseExtent, at place: Place
  ) -> [DiskDiagnostic] {
    var diagnostics: [DiskDiagnostic] = []
    let header = extent.header
    if let sectors = descriptor.sectors, sectors != header.capacity {
      diagnostics.append(
        DiskDiagnostic(
          .extentsDisagree(expected: header.capacity, found: sectors),
          at: descriptor.extents.first?.place ?? place))
    }
    if let type = descriptor.createType, DiskDescriptor.knownCreateTypes.contains(type),
      (type == "streamOptimized") != header.isCompressed
    {
      diagnostics.append(
        DiskDiagnostic(
          .createTypeContradiction(createType: type, compressed: header.isCompressed), at: place))
    }
    return diagnostics
  }

  private static func openDescriptor(
    _ source: any ByteSource, limits: Limits, siblings: ((String) -> (any ByteSource)?)?
  ) throws(DiskError) -> VirtualDisk {
    let most = limits.diskDescriptorBytes
    let bytes = try source.diskBytes(at: 0, count: Int(clamping: min(most, source.size)))
    try take(text: bytes, of: source, limits)
    var (descriptor, diagnostics) = DiskDescriptor.read(bytes, name: source.name, limits: limits)
    if source.size > most {
      let kind = DiskDiagnosticKind.descriptorTooLarge(limit: most, found: source.size)
      diagnostics.append(DiskDiagnostic(kind, at: Place(source.name, offset: most)))
    }
    var parts: [Part] = []
    for index in descriptor.extents.indices {
      let (part, wrong) = try openPart(
        &descriptor.extents[index], limits: limits, siblings: siblings)
      parts.append(part)
      // A few diagnostics stand for a thousand bad extents.
      if diagnostics.count < DiagnosticList.most { diagnostics += wrong }
    }
    let capacity = descriptor.sectors.flatMap {
      $0 <= UInt64(Int64.max) / sectorBytes ? $0 * sectorBytes : nil
    }
    return VirtualDisk(
      source: source, format: .vmdkDescriptor, extent: nil, descriptor: descriptor,
      capacity: capacity, structure: nil, parts: parts, diagnostics: diagnostics)
  }

  private static func openPart(
    _ extent: inout DiskDescriptor.Extent, limits: Limits,
    siblings: ((String) -> (any ByteSource)?)?
  ) throws(DiskError) -> (Part, [DiskDiagnostic]) {
    let missing = Part(sectors: extent.sectors, storage: .missing)
    if extent.isZero { return (Part(sectors: extent.sectors, storage: .zero), []) }
    guard let name = extent.name, extent.danger == nil, let siblings else { return (missing, []) }
    var source = siblings(name)
    if source == nil, let other = extent.otherSpelling {
      // The file system may have the name in the descriptor's encoding.
      source = siblings(other)
      if source != nil { extent.fileName = other }
    }
    guard let source else {
      return (missing, [DiskDiagnostic(.extentMissing(name: name), at: extent.place)])
    }
    if extent.isFlat {
      let end = bytesClamped(sectors: extent.offset.addingWithin(extent.sectors) ?? .max)
      if source.size < end {
        let kind = DiskDiagnosticKind.extentTooShort(name: name, expected: end, found: source.size)
        return (missing, [DiskDiagnostic(kind, at: extent.place)])
      }
      let storage = Part.Storage.flat(source, offset: extent.offset * sectorBytes)
      return (Part(sectors: extent.sectors, storage: storage), [])
    }
    let format = try DiskFormat.recognize(source)
    guard format == .vmdkSparse else {
      guard format == .vmdkCOWD || format == .vmdkSESparse, let reader = format.structureReader
      else { return (missing, [DiskDiagnostic(.notADisk(format), at: Place(source.name))]) }
      var look = StructureLook(source, isDeep: false)
      do throws(DiskError) {
        try reader.judge(&look)
      } catch {
        guard error.code == .passed else { throw error }
      }
      return (
        Part(sectors: extent.sectors, storage: .unread(source, format)), look.diagnostics.kept
      )
    }
    let (sparse, found) = try SparseOpening.open(source, limits: limits)
    guard let sparse else { return (missing, found.kept) }
    var diagnostics = found.kept
    if sparse.header.capacity != extent.sectors {
      let kind = DiskDiagnosticKind.extentsDisagree(
        expected: sparse.header.capacity, found: extent.sectors)
      diagnostics.append(DiskDiagnostic(kind, at: extent.place))
    }
    return (Part(sectors: extent.sectors, storage: .sparse(sparse)), diagnostics)
  }

  private static func openOther(
    _ source: any ByteSource, format: DiskFormat, siblings: ((String) -> (any ByteSource)?)?
  ) throws(DiskError) -> VirtualDisk {
    var diagnostics: [DiskDiagnostic] =
      format.isDisk ? [] : [DiskDiagnostic(.notADisk(format), at: Place(source.name))]
    var structure: DiskStructure?
    if let reader = format.structureReader {
      var look = StructureLook(source, isDeep: false, siblings: siblings)
      do throws(DiskError) {
        try reader.judge(&look)
      } catch {
        // Of a disk that passed in a stream only the ends are known.
        guard error.code == .passed else { throw error }
      }
      structure = look.structure
      diagnostics += look.diagnostics.kept
    }
    let isRaw = format == .rawGPT || format == .rawMBR || format == .iso9660
    let whole = Part(sectors: source.size / sectorBytes, storage: .flat(source, offset: 0))
    return VirtualDisk(
      source: source, format: format, extent: nil, descriptor: nil,
      capacity: format.isDisk ? structure?.capacity : nil, structure: structure,
      parts: isRaw ? [whole] : [], diagnostics: diagnostics)
  }
}

extension DiskDiagnosticKind {
  /// True if it is about an extent's name, which means nothing inside a sparse file.
  fileprivate var isExtentName: Bool {
    switch self {
    case .extentAbsolute, .extentEscapes, .extentDevice: true
    default: false
    }
  }
}

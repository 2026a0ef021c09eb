import OVABasics
import OVAByteSource

/// Reads and checks what a sparse extent says of itself, with a few small reads.
struct SparseOpening {
  let source: any ByteSource
  let header: SparseHeader
  let limits: Limits
  var diagnostics: DiagnosticList
  var footer: (header: SparseHeader, offset: UInt64)?
  var streamEnd: UInt64?
  var fileSectors: UInt64 { source.size / sectorBytes }

  /// The space for the four lines of identifiers that VirtualBox adds to a descriptor.
  private static let wantedDescriptorBytes: UInt64 = 256

  /// Reads the header; nil, with a diagnostic, when it is not whole.
  static func open(
    _ source: any ByteSource, limits: Limits
  ) throws(DiskError) -> (extent: SparseExtent?, diagnostics: DiagnosticList) {
    var diagnostics = DiagnosticList(name: source.name)
    let head = try source.diskBytes(at: 0, count: SparseHeader.byteCount)
    guard let header = SparseHeader(head) else {
      diagnostics.add(.headerIncomplete(expected: SparseHeader.byteCount, found: head.count), at: 0)
      return (nil, diagnostics)
    }
    var opening = SparseOpening(
      source: source, header: header, limits: limits, diagnostics: diagnostics)
    let extent = try opening.read()
    return (extent, opening.diagnostics)
  }

  private init(
    source: any ByteSource, header: SparseHeader, limits: Limits, diagnostics: DiagnosticList
  ) {
    self.source = source
    self.header = header
    self.limits = limits
    self.diagnostics = diagnostics
  }

  private mutating func read() throws(DiskError) -> SparseExtent {
    header.check(at: 0, into: &diagnostics)
    if source.size % sectorBytes != 0 {
      let rest = source.size % sectorBytes
      diagnostics.add(.partialSector(bytes: rest), at: source.size - rest)
    }
    let descriptor = try readDescriptor()
    checkInside(.overhead, sector: header.overhead, sectors: 0, field: 64)
    if header.isCompressed { try readFooter() }
    let directory = try readDirectory()
    return SparseExtent(
      source: source, header: header, footer: footer?.header, footerOffset: footer?.offset,
      directorySector: directory, descriptorBytes: descriptor, streamEnd: streamEnd)
  }

  // MARK: - Parts of the file

  /// Records a part outside the file; true when it lies inside.
  @discardableResult
  mutating func checkInside(
    _ part: DiskDiagnosticKind.Part, sector: UInt64, sectors: UInt64, field: UInt64
  ) -> Bool {
    let (end, overflow) = sector.addingReportingOverflow(sectors)
    if !overflow, end <= fileSectors { return true }
    diagnostics.add(
      .outside(part, sector: sector, sectors: sectors, fileSectors: fileSectors), at: field)
    return false
  }

  private mutating func readDescriptor() throws(DiskError) -> [UInt8] {
    guard header.descriptorSector > 0, header.descriptorSectors > 0 else { return [] }
    guard
      checkInside(
        .descriptor, sector: header.descriptorSector, sectors: header.descriptorSectors, field: 28)
    else { return [] }
    if header.overhead > 0, header.descriptorSector + header.descriptorSectors > header.overhead {
      diagnostics.add(.overlapping(.descriptor, sector: header.descriptorSector), at: 28)
    }
    let bytes = header.descriptorSectors * sectorBytes
    if bytes > limits.diskDescriptorBytes {
      diagnostics.add(.descriptorTooLarge(limit: limits.diskDescriptorBytes, found: bytes), at: 36)
    }
    let text = try source.diskBytes(
      at: header.descriptorSector * sectorBytes,
      count: Int(min(bytes, limits.diskDescriptorBytes)))
    let free = UInt64(text.count - (text.lastIndex { $0 != 0 } ?? -1) - 1)
    if bytes <= limits.diskDescriptorBytes, free < Self.wantedDescriptorBytes, free < bytes,
      !text.containsBytes(Array("ddb.uuid.image".utf8))
    {
      diagnostics.add(.descriptorAreaFull(free: free), at: header.descriptorSector * sectorBytes)
    }
    // The area is mostly zeros, and a package may have thousands of disks.
    return Array(text[..<(text.count - Int(free))])
  }
}

extension SparseHeader {
  /// The most compressed bytes a grain may take: what zlib's bound gives, and some.
  var grainBound: Int { grainBytes.map { $0 + $0 / 1000 + 12 + 64 } ?? 0 }
}

extension UInt64 {
  /// The sum, or nil when it passes 64 bits.
  func addingWithin(_ other: UInt64) -> UInt64? {
    let (sum, overflow) = addingReportingOverflow(other)
    return overflow ? nil : sum
  }
}

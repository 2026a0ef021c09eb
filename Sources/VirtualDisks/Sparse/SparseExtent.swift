import OVABasics
public import OVAByteSource

/// The places where streamOptimized disks keep their grain directory; three occur.
public enum StreamShape: String, Hashable, Sendable {
  /// Shape a: the header leaves it to the footer (ovftool, VirtualBox, vCenter).
  case directoryInFooter
  /// Shape b: header and footer both name it (COT).
  case directoryInBoth
  /// Shape c: at the front, with no footer (qemu-img).
  case directoryAtFront
}

/// A hosted sparse extent: one KDMV file, its header and footer read and checked.
public struct SparseExtent: Sendable {
  /// The extent's bytes.
  public let source: any ByteSource
  /// The header.
  public let header: SparseHeader
  /// The footer, where there is one.
  public let footer: SparseHeader?
  /// The offset of the footer, in bytes.
  public let footerOffset: UInt64?
  /// The sector of the grain directory that counts; nil when there is none inside the file.
  public let directorySector: UInt64?
  /// The embedded descriptor's text up to its area's end; empty when there is none.
  let descriptorBytes: [UInt8]
  /// The offset at which the stream ends by its own structure (after the end-of-stream marker), in
  /// bytes.
  ///
  /// Known for streamOptimized disks whose end was found. What follows in shape c is padding that
  /// some of VMware's tools leave out of their digest.
  public let streamEnd: UInt64?

  /// The shape of streamOptimized; nil for uncompressed extents.
  public var shape: StreamShape? {
    guard header.isCompressed else { return nil }
    if header.directorySector == SparseHeader.directoryInFooter { return .directoryInFooter }
    return footer == nil ? .directoryAtFront : .directoryInBoth
  }

  /// The file's length in whole sectors.
  var fileSectors: UInt64 { source.size / sectorBytes }
}

/// Bounds on what input may cost.
///
/// Every limit lives here; the error that hits one names it. The defaults leave an order of
/// magnitude above the largest real packages.
public struct Limits: Hashable, Sendable {
  /// Members of one archive, or files of one package.
  public var members = 100_000
  /// Bytes of one member's or file's name.
  public var nameBytes = 4_096
  /// Bytes of a descriptor.
  public var descriptorBytes: UInt64 = 64 << 20
  /// Bytes of a message bundle.
  public var bundleBytes: UInt64 = 16 << 20
  /// Bytes of a manifest.
  public var manifestBytes: UInt64 = 64 << 20
  /// Bytes of one line of a manifest.
  public var manifestLineBytes = 16_384
  /// Bytes of a certificate file.
  public var certificateBytes: UInt64 = 4 << 20
  /// Depth of nested XML elements.
  public var xmlDepth = 256
  /// Elements of one XML document.
  public var xmlElements = 2_000_000
  /// Attributes of one XML element.
  public var xmlAttributes = 10_000
  /// Bytes of a disk's text descriptor.
  public var diskDescriptorBytes: UInt64 = 4 << 20
  /// Extents of one disk.
  public var diskExtents = 10_000
  /// Chunks that one file may be split into.
  public var chunks = 100_000

  /// The defaults.
  public init() {}
}

public import OVABasics
public import OVFXML

/// The list of the package's files (clause 7.1).
public struct References: Hashable, Sendable {
  /// The files, in order.
  public let files: [FileReference]
  /// Elements that are no `File`.
  public let extensions: [Extension]
  /// The place in the source.
  public let place: Place
}

/// A `File` of the references: one file of the package (clause 7.1).
public final class FileReference: Hashable, Sendable {
  /// The name by which disks and others mean it.
  public let id: SourceValue<String>?
  /// The URL of the file.
  public let href: SourceValue<String>?
  /// Bytes of the file as it is stored, compressed if it is.
  public let size: SourceValue<UInt64>?
  /// `gzip`, `identity`, empty or absent.
  public let compression: SourceValue<String>?
  /// Bytes of each chunk but the last, if the file is stored in chunks.
  public let chunkSize: SourceValue<UInt64>?
  /// Attributes of other namespaces.
  public let otherAttributes: [XMLAttribute]
  /// Child elements.
  public let extensions: [Extension]
  /// The place in the source.
  public let place: Place

  init(
    id: SourceValue<String>?, href: SourceValue<String>?, size: SourceValue<UInt64>?,
    compression: SourceValue<String>?, chunkSize: SourceValue<UInt64>?,
    otherAttributes: [XMLAttribute],
    extensions: [Extension], place: Place
  ) {
    self.id = id
    self.href = href
    self.size = size
    self.compression = compression
    self.chunkSize = chunkSize
    self.otherAttributes = otherAttributes
    self.extensions = extensions
    self.place = place
  }

  /// The target of the href; nil without one.
  public var target: Target? { href.map { Target(href: $0.text) } }

  /// The targets of hrefs.
  public enum Target: Hashable, Sendable {
    /// A file named relative to the descriptor, percent-decoded; nothing is said of its safety.
    case file(path: String)
    /// A URL with a scheme, in lower case, such as `http`, `https` or `file`.
    case url(scheme: String)
    /// A relative reference whose percent-encoding gives no UTF-8.
    case undecodable
  }

  /// Equal when everything in them is.
  public static func == (a: FileReference, b: FileReference) -> Bool {
    a === b
      || a.id == b.id && a.href == b.href && a.size == b.size && a.compression == b.compression
        && a.chunkSize == b.chunkSize && a.otherAttributes == b.otherAttributes
        && a.extensions == b.extensions && a.place == b.place
  }

  /// Hashes the place, by which nearly all differ.
  public func hash(into hasher: inout Hasher) { hasher.combine(place) }
}

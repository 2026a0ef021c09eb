public import OVABasics
import OVFXML

/// A descriptor that was parsed once, and can be completed by the message bundles in other files
/// when these are at hand: those of a stream come after it.
public struct ParsedDescriptor: Sendable {
  /// The envelope that the descriptor alone gives.
  public let envelope: Envelope
  /// The document, where bundles in other files are to complete it.
  private let document: XMLTree?
  private let limits: Limits

  /// Parses a descriptor; see `Envelope.read(_:name:limits:bundle:)`.
  public static func read(
    _ bytes: [UInt8], name: String, limits: Limits = Limits()
  ) throws(DescriptorError) -> ParsedDescriptor {
    let document = try Envelope.document(bytes, name: name, limits: limits)
    let envelope = Reader(name: name, root: document.root).envelope(document, limits) { _ in nil }
    let isComplete = !envelope.bundles.contains { $0.fileReference != nil }
    return ParsedDescriptor(
      envelope: envelope, document: isComplete ? nil : document, limits: limits)
  }

  /// The descriptor with the texts of its bundles.
  /// - Parameter bundle: the bytes of an external message bundle, by its file reference; nil if
  ///   there are none. Called only for bundles that the descriptor names.
  public func envelope(bundle: (FileReference) -> [UInt8]?) -> Envelope {
    guard let document else { return envelope }
    return Reader(name: envelope.name, root: document.root).envelope(document, limits, bundle)
  }
}

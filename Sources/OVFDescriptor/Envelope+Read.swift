public import OVABasics
import OVFXML

extension Envelope {
  /// Reads a descriptor.
  ///
  /// Everything that can be read is; what is wrong with it stands in the values and in
  /// `observations`. Errors are for bytes of which nothing can be said.
  ///
  /// - Parameters:
  ///   - bytes: the descriptor, in any encoding that libxml2 knows.
  ///   - name: what to call the descriptor in places.
  ///   - limits: how much is accepted.
  ///   - bundle: the bytes of an external message bundle, by its file reference; nil if there are
  ///     none to be had. Called only for bundles that the descriptor names.
  public static func read(
    _ bytes: [UInt8], name: String, limits: Limits = Limits(),
    bundle: (FileReference) -> [UInt8]? = { _ in nil }
  ) throws(DescriptorError) -> Envelope {
    throw DescriptorError(
      code: .notXML, doing: "read the descriptor", reason: "not yet", place: Place(name), fix: nil)
  }
}

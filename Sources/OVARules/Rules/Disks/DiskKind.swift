import OVABasics
import VirtualDisks

extension String {
  /// The kind of VMDK that a format's URI names after its `#`, in lower case; nil for others and
  /// for kinds of version 0.9, which name no createType.
  var vmdkKind: String? {
    guard let hash = utf8.firstIndex(of: UInt8(ascii: "#")),
      self[..<hash].lowercased().hasSuffix("/interfaces/specifications/vmdk.html")
    else { return nil }
    let kind = self[utf8.index(after: hash)...].lowercased()
    return Self.vmdkKinds.contains(kind) ? kind : nil
  }

  private static let vmdkKinds = Set(DiskDescriptor.knownCreateTypes.map { $0.lowercased() })
}

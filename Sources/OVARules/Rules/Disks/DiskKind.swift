import OVABasics
import VirtualDisks

extension String {
  /// The kind of VMDK that a format's URI names after its `#`, in lower case; nil for others and
  /// for kinds of version 0.9, which name no createType.
  var vmdkKind: String? {
    let text = lowercased()
    guard text.holds("/interfaces/specifications/vmdk.html#") else { return nil }
    let kind = text.split(separator: "#", maxSplits: 1).last.map(String.init) ?? ""
    return Self.vmdkKinds.contains(kind) ? kind : nil
  }

  private static let vmdkKinds = Set(DiskDescriptor.knownCreateTypes.map { $0.lowercased() })
}

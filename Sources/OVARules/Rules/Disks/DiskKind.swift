import OVABasics
import VirtualDisks

/// The family of formats that a URI names.
enum DeclaredKind {
  case vmdk, qcow2, vhd, vhdx, vdi, iso, raw

  /// Returns whether a file of that format is what was declared.
  func fits(_ format: DiskFormat) -> Bool {
    switch self {
    case .vmdk: format.isVMDK
    case .qcow2: format == .qcow2
    case .vhd: format == .vhd
    case .vhdx: format == .vhdx
    case .vdi: format == .vdi
    case .iso: format == .iso9660
    // The image of a CD is one of its bytes as they are.
    case .raw: format.mayBeRaw || format == .iso9660
    }
  }

  /// The name of the kind.
  var name: String {
    switch self {
    case .vmdk: "a VMDK"
    case .qcow2: "a QCOW2 disk"
    case .vhd: "a VHD disk"
    case .vhdx: "a VHDX disk"
    case .vdi: "a VirtualBox VDI disk"
    case .iso: "an ISO 9660 image"
    case .raw: "a raw disk"
    }
  }
}

extension String {
  /// The family that a format's URI names; nil for words of no known meaning.
  var declaredKind: DeclaredKind? {
    let text = lowercased()
    if text == "streamoptimized" || text.containsBytes("vmdk") { return .vmdk }
    if text.containsBytes("qcow") { return .qcow2 }
    if text.containsBytes("vhdx") { return .vhdx }
    if text.containsBytes("vhd") { return .vhd }
    if text.containsBytes("vdi") { return .vdi }
    if text.containsBytes("ecma-119") || text.containsBytes("iso9660") { return .iso }
    if text.containsBytes("raw") || text.hasSuffix("wiki/byte") { return .raw }
    return nil
  }

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

/// A reader of bytes from outside.
///
/// The fuzzer and the replay in the test suite hand bytes over through this type. Every result is
/// right but a crash, a hang or a `Contradiction`.
public enum Subject: String, CaseIterable, Sendable {
  /// An OVF descriptor, with the hardware that is derived from it.
  case descriptor
  /// An allocation unit such as `byte * 2^20`.
  case unit
  /// A VMDK, or whatever else the first bytes say.
  case disk
  /// A QCOW or QCOW2 disk.
  case qcow2
  /// A fixed, dynamic or differencing VHD.
  case vhd
  /// A VHDX with its log, regions and metadata.
  case vhdx
  /// A VirtualBox disk.
  case vdi
  /// The text descriptor of a VMDK.
  case diskText = "disk-text"
  /// A tar archive of any dialect.
  case archive
  /// A manifest.
  case manifest
  /// A certificate file with its signature and chain.
  case certificate
  /// A gzip stream that comes in pieces.
  case gzip
  /// A whole package through every rule, as a file and as a stream.
  case package
  /// Records of the catalog as JSON, NDJSON or CSV.
  case records
  /// A filter and an order of the list API.
  case filter

  /// Hands the bytes to the reader.
  /// - Throws: `Contradiction` when two readings of the bytes do not agree.
  public func read(_ bytes: [UInt8]) throws(Contradiction) {
    switch self {
    case .descriptor: TextReading.descriptor(bytes)
    case .unit: TextReading.unit(bytes)
    case .disk: DiskReading.disk(bytes, name: "fuzz.vmdk")
    case .qcow2: DiskReading.disk(bytes, name: "fuzz.qcow2")
    case .vhd: DiskReading.disk(bytes, name: "fuzz.vhd")
    case .vhdx: DiskReading.disk(bytes, name: "fuzz.vhdx")
    case .vdi: DiskReading.disk(bytes, name: "fuzz.vdi")
    case .diskText: DiskReading.text(bytes)
    case .archive: PackageReading.archive(bytes)
    case .manifest: try TextReading.manifest(bytes)
    case .certificate: PackageReading.certificate(bytes)
    case .gzip: try PackageReading.gzip(bytes)
    case .package: try PackageReading.package(bytes)
    case .records: TextReading.records(bytes)
    case .filter: TextReading.filter(bytes)
    }
  }
}

import OVABasics

/// Diagnostics as they are found, bounded: a file of nothing but damage makes no endless list.
struct DiagnosticList: Sendable {
  /// The most diagnostics kept of one disk.
  static let most = 1000
  let name: String
  private(set) var kept: [DiskDiagnostic] = []
  /// The number found, kept or not.
  var count = 0

  init(name: String) { self.name = name }

  mutating func add(_ kind: DiskDiagnosticKind, at offset: UInt64) {
    count += 1
    if kept.count < Self.most {
      kept.append(DiskDiagnostic(kind, at: Place(name, offset: offset)))
    }
  }

  mutating func add(sector: UInt64, _ kind: DiskDiagnosticKind) {
    add(kind, at: bytesClamped(sectors: sector))
  }
}

import OVABasics

/// Faults as they are found, bounded: a file of nothing but damage makes no endless list.
struct FaultList: Sendable {
  /// The most faults kept of one disk.
  static let most = 1000
  let name: String
  private(set) var faults: [DiskFault] = []
  /// The number found, kept or not.
  var count = 0

  init(name: String) { self.name = name }

  mutating func add(_ kind: DiskFault.Kind, at offset: UInt64) {
    count += 1
    if faults.count < Self.most {
      faults.append(DiskFault(kind, at: Place(name, offset: offset)))
    }
  }

  mutating func add(sector: UInt64, _ kind: DiskFault.Kind) {
    add(kind, at: bytesClamped(sectors: sector))
  }
}

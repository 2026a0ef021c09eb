import Synchronization

/// Hardware that was put together once, by the section it was made of.
final class HardwareMemo: Sendable {
  /// The most that are kept; real packages have a handful of machines.
  private static let most = 64

  /// The hardware keeps its section, so that nothing else comes to stand at the same address.
  private let known = Mutex<[ObjectIdentifier: Hardware]>([:])

  /// The hardware of a section, made by `work` when it was not asked for before.
  func hardware(of section: HardwareSection, _ work: () -> Hardware) -> Hardware {
    let key = ObjectIdentifier(section)
    if let known = known.withLock({ $0[key] }) { return known }
    let hardware = work()
    known.withLock { known in
      if known.count < Self.most { known[key] = hardware }
    }
    return hardware
  }
}

import OVABasics
import Synchronization

/// Hardware that was put together once, by the section it was made of.
final class HardwareMemo: Sendable {
  /// How many are kept; real packages have a handful of machines.
  private static let most = 64

  private let known = Mutex<[Place: Hardware]>([:])

  /// The hardware of a section, made by `work` when nobody asked before.
  func hardware(of section: HardwareSection, _ work: () -> Hardware) -> Hardware {
    if let known = known.withLock({ $0[section.place] }) { return known }
    let hardware = work()
    known.withLock { known in
      if known.count < Self.most { known[section.place] = hardware }
    }
    return hardware
  }
}

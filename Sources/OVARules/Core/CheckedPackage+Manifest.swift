import OVABasics
import OVAIntegrity
import OVAPackage

/// Questions that rules ask of a manifest.
extension CheckedPackage {
  /// The entries that differ from the strict grammar in one of these ways.
  func entries(with deviations: Set<Manifest.Deviation>) -> [Manifest.Entry] {
    (package.manifest?.manifest.entries ?? []).filter {
      !deviations.isDisjoint(with: $0.deviations)
    }
  }

  /// The faults of which `read` makes something, in the file's order.
  func manifestFaults<Value>(
    _ read: (Manifest.Fault.Kind) -> Value?
  ) -> [(value: Value, fault: Manifest.Fault)] {
    (package.manifest?.manifest.faults ?? []).compactMap { fault in
      read(fault.kind).map { ($0, fault) }
    }
  }

  /// Whether an entry is about the manifest itself or the certificate, neither of which can be
  /// listed.
  func isAboutItself(_ entry: Manifest.Entry) -> Bool {
    guard let path = target(of: entry)?.file?.path else { return false }
    return path == package.manifest?.file.path || path == package.certificate?.file.path
  }
}

extension Int {
  /// `1 line`, `3 lines`.
  func of(_ noun: String) -> String { self == 1 ? "1 \(noun)" : "\(self) \(noun)s" }
}

extension Int {
  /// What a finding about the first of so many lines says of the others; empty for one.
  var andOthers: String { self > 1 ? "; so in \(self) lines" : "" }
}

import OVABasics
import OVAPackage
import OVARules
import OVFDescriptor

extension PolicyRule {
  /// The disks together are larger than the policy allows.
  static let capacity = PolicyRule(
    id: "policy-capacity-exceeded",
    title: "The disks together are larger than the policy allows",
    key: "limits.capacity",
    why: "A machine may fill its disks to their capacity, whatever their files take now.",
    fix: "Make the disks smaller before the package is exported, or keep data out of it.",
    examplePolicy: { $0.limits.capacity = 1 << 30 },
    triggering: [
      Example(
        replacing: "ovf:capacity=\"64\" ovf:capacityAllocationUnits=\"byte * 2^20\"",
        with: "ovf:capacity=\"64\" ovf:capacityAllocationUnits=\"byte * 2^30\"")
    ],
    passing: [.sound(.folder)]
  ) { policy in
    guard let most = policy.limits.capacity else { return nil }
    return { checked, findings in
      let envelope = checked.envelope
      let sums = envelope.configurations.map { option in
        envelope.disks.reduce(UInt64(0)) { sum, disk in
          let capacity = envelope.capacity(of: disk, in: option).flatMap { try? $0.get() } ?? 0
          let (result, overflow) = sum.addingReportingOverflow(capacity)
          return overflow ? .max : result
        }
      }
      guard let sum = sums.max(), sum > most else { return }
      findings.add(
        "the disks together have \(ByteCount(sum)); the policy allows \(ByteCount(most))",
        at: envelope.disks.first?.place ?? envelope.place,
        expected: "at most \(ByteCount(most))", found: "\(ByteCount(sum))")
    }
  }
}

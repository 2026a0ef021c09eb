import OVABasics
import OVAPackage
import OVARules
import OVFDescriptor

extension PolicyRule {
  /// A machine has more processors than the policy allows.
  static let virtualCPUs = machineLimit(
    id: "policy-vcpus-exceeded", subject: "virtual CPUs", key: "vcpus",
    why: "The hosts or quotas that the policy was written for do not give a machine so many.",
    fix: "Lower the `VirtualQuantity` of the processor item, then recreate the manifest: "
      + "`ova manifest PATH`.",
    examplePolicy: { $0.limits.virtualCPUs = 4 },
    triggering: [
      Example(
        replacing: "<rasd:VirtualQuantity>2</rasd", with: "<rasd:VirtualQuantity>8</rasd")
    ],
    passing: [
      Example(
        replacing: "<rasd:VirtualQuantity>2</rasd", with: "<rasd:VirtualQuantity>4</rasd")
    ],
    limit: { $0.limits.virtualCPUs }, count: { $0.virtualCPUs }, words: { "\($0)" })

  /// A machine has more memory than the policy allows.
  static let memory = machineLimit(
    id: "policy-memory-exceeded", subject: "of memory", key: "memory",
    why: "The hosts or quotas that the policy was written for do not give a machine so much.",
    fix: "Lower the `VirtualQuantity` of the memory item, then recreate the manifest: "
      + "`ova manifest PATH`.",
    examplePolicy: { $0.limits.memory = 4 << 30 },
    triggering: [
      Example(
        replacing: "<rasd:VirtualQuantity>2048</rasd",
        with: "<rasd:VirtualQuantity>8192</rasd")
    ],
    passing: [
      Example(
        replacing: "<rasd:VirtualQuantity>2048</rasd",
        with: "<rasd:VirtualQuantity>4096</rasd")
    ],
    limit: { $0.limits.memory }, count: { $0.memoryBytes },
    words: { ByteCount($0).description })

  /// A machine has more disks than the policy allows.
  static let disks = machineLimit(
    id: "policy-disks-exceeded", subject: "disks", key: "disks",
    why: "Each disk costs storage, a backup and a place on a controller.",
    fix: "Merge the disks, or leave out what the machine does not need.",
    examplePolicy: { $0.limits.disks = 1 },
    triggering: [
      Example(item: [
        "AddressOnParent": "1", "ElementName": "Hard disk 2",
        "HostResource": "ovf:/disk/disk1", "InstanceID": "9", "Parent": "3", "ResourceType": "17",
      ])
    ],
    passing: [.sound(.folder)],
    limit: { $0.limits.disks.map { UInt64($0) } }, count: { UInt64($0.disks.count) },
    words: { "\($0)" })

  /// A limit on each machine, in the configuration in which it has most.
  private static func machineLimit(
    id: String, subject: String, key: String, why: String, fix: String,
    examplePolicy: @escaping @Sendable (inout PackagePolicy) -> Void, triggering: [Example],
    passing: [Example], limit: @escaping @Sendable (PackagePolicy) -> UInt64?,
    count: @escaping @Sendable (Hardware) -> UInt64?,
    words: @escaping @Sendable (UInt64) -> String
  ) -> PolicyRule {
    PolicyRule(
      id: id,
      title: key == "memory"
        ? "A machine has more memory than the policy allows"
        : "A machine has more \(subject) than the policy allows",
      key: "limits.\(key)", why: why, fix: fix, examplePolicy: examplePolicy,
      triggering: triggering, passing: passing
    ) { policy in
      guard let most = limit(policy) else { return nil }
      return { checked, findings in
        // Machines are reported in order, each once: in the configuration that asks for most.
        var order: [Place] = []
        var worst: [Place: (system: VirtualSystem, hardware: Hardware, count: UInt64)] = [:]
        for (system, hardware) in checked.hardware {
          guard let count = count(hardware), count > most else { continue }
          if let known = worst[system.place] {
            guard count > known.count else { continue }
          } else {
            order.append(system.place)
          }
          worst[system.place] = (system, hardware, count)
        }
        for (system, hardware, count) in order.compactMap({ worst[$0] }) {
          let option = hardware.configuration.map { " in the configuration '\($0)'" } ?? ""
          // The only limit that one is above is no disk.
          let noun = count == 1 && key == "disks" ? "disk" : subject
          findings.add(
            "\(system.title) has \(words(count)) \(noun)\(option); the policy allows \(words(most))",
            at: hardware.section.place, expected: "at most \(words(most))", found: words(count))
        }
      }
    }
  }
}

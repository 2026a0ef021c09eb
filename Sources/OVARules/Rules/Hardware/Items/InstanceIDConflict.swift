import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// Two items of different types share an instance id.
  static let instanceIDConflict = Rule(
    id: "instance-id-conflict",
    group: .hardware,
    title: "Two items of different types have the same instance id",
    severity: .error,
    basis: .clause("DSP0243 9.8"),
    why: "Items of one id describe one device and have the same ResourceType. These do not; "
      + "importers refuse or lose one of the two.",
    fix: "Give one of them an id of its own, and correct the Parent of what hangs on it.",
    triggering: [
      Example(item: ["ElementName": "Port", "InstanceID": "5", "ResourceType": "21"])
    ],
    passing: [.sound(.folder)]
  ) { checked, findings in
    for (_, hardware) in checked.hardware {
      for conflict in hardware.conflicts where conflict.kind == .differentTypes {
        findings.add(
          "the instance id '\(conflict.instanceID)' is that of a device of another type, in "
            + "\(conflict.first.position)", at: conflict.second, found: conflict.instanceID)
      }
    }
  }
}

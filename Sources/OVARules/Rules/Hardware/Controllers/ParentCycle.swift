import OVABasics
import OVAPackage
import OVFDescriptor
import OVFXML

extension Rule {
  /// Devices hang on each other in a circle.
  static let parentCycle = Rule(
    id: "parent-cycle",
    group: .hardware,
    title: "Devices hang on each other in a circle",
    severity: .error,
    basis: .clause("DSP0243 8.3"),
    why: "Following Parent from device to device has to end at one without. A device that hangs on "
      + "itself, directly or around others, can never be made.",
    fix: "Correct the Parent of one of them.",
    triggering: [
      Example(
        adding: "        <rasd:Parent>3</rasd:Parent>\n",
        before: "        <rasd:ResourceSubType>lsilogic"),
      Example(
        adding: "        <rasd:Parent>4</rasd:Parent>\n",
        before: "        <rasd:ResourceSubType>lsilogic",
        caption: "the controller hangs on its own disk"),
    ],
    passing: [.sound(.folder)]
  ) { checked, findings in
    for (_, hardware) in checked.hardware {
      var parents: [ExactName: ExactName] = [:]
      var byID: [ExactName: Item] = [:]
      for device in hardware.devices {
        guard let id = device.item.instanceID, let parent = device.parentID else { continue }
        guard byID[ExactName(id)] == nil else { continue }
        byID[ExactName(id)] = device.item
        parents[ExactName(id)] = ExactName(parent)
      }
      var isSettled: Set<ExactName> = []
      for device in hardware.devices {
        guard let id = device.item.instanceID else { continue }
        var path: Set<ExactName> = []
        var next: ExactName? = ExactName(id)
        while let current = next, !isSettled.contains(current), path.insert(current).inserted {
          next = parents[current]
        }
        if let next, path.contains(next), let first = byID[next] {
          findings.add(
            "\(first.title) hangs on itself"
              + (parents[next] == next ? "" : " by way of others"),
            at: first.parent?.place ?? first.place, found: first.parent?.text)
        }
        isSettled.formUnion(path)
      }
    }
  }
}

import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// A normal value lies outside its range.
  static let rangeOutOfOrder = Rule(
    id: "range-out-of-order",
    group: .hardware,
    title: "A value is outside its range",
    severity: .error,
    basis: .clause("DSP0243 8.4"),
    why:
      "The minimum is at most the normal value, and that at most the maximum. Otherwise no value "
      + "fits.",
    fix: "Correct the minimum, the maximum or the normal value.",
    triggering: [
      Example(
        item: "ovf:bound=\"min\"",
        [
          "ElementName": "Fewest CPUs", "InstanceID": "1", "ResourceType": "3",
          "VirtualQuantity": "4",
        ])
    ],
    passing: [
      .sound(.folder),
      Example(
        item: "ovf:bound=\"min\"",
        [
          "AllocationUnits": "byte * 2^30", "ElementName": "Least memory", "InstanceID": "2",
          "ResourceType": "4", "VirtualQuantity": "1",
        ], caption: "1 GB is less than 2048 MB"),
    ]
  ) { checked, findings in
    for (_, hardware) in checked.hardware {
      for device in hardware.devices where device.minimum != nil || device.maximum != nil {
        for quantity in Quantity.allCases {
          guard let normal = quantity.amount(of: device.item) else { continue }
          for (end, isMinimum) in [(device.minimum, true), (device.maximum, false)] {
            guard let end, let bound = quantity.amount(of: end, inheriting: device.item),
              isMinimum ? bound > normal : bound < normal
            else { continue }
            findings.add(
              "the \(isMinimum ? "minimum" : "maximum") of \(quantity.rawValue) is \(bound), and "
                + "\(device.item.title) has \(normal)", at: end.place)
          }
        }
      }
    }
  }

  /// The fields that a range may bound.
  private enum Quantity: String, CaseIterable {
    case virtualQuantity = "VirtualQuantity"
    case reservation = "Reservation"
    case limit = "Limit"

    /// The amount, in base units for memory; a range without units has those of the device.
    func amount(of item: Item, inheriting device: Item? = nil) -> UInt64? {
      let number: UInt64?
      switch self {
      case .virtualQuantity:
        if case .number(let quantity) = item.virtualQuantity?.value {
          number = quantity
        } else {
          number = nil
        }
      case .reservation: number = item.reservation?.value
      case .limit: number = item.limit?.value
      }
      let type = item.resourceType?.value ?? device?.resourceType?.value
      guard let number, type == 4 else { return number }
      guard let units = item.allocationUnits ?? device?.allocationUnits else { return number }
      return units.value.flatMap { try? $0.baseUnits(number).get() }
    }
  }
}

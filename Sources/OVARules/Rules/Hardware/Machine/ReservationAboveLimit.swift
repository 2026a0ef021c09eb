import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// More is reserved than allowed.
  static let reservationAboveLimit = Rule(
    id: "reservation-above-limit",
    group: .hardware,
    title: "More is reserved than the limit allows",
    severity: .warning,
    basis: .clause("DSP0243 8.3 and CIM_ResourceAllocationSettingData"),
    why: "Reservation is what the device gets in any case, Limit the most that it may get. No host "
      + "can keep both.",
    fix: "Lower the Reservation or raise the Limit.",
    triggering: [
      Example(
        replacing: "        <rasd:ResourceType>4</rasd:ResourceType>\n",
        with: "        <rasd:Limit>1024</rasd:Limit>\n"
          + "        <rasd:Reservation>2048</rasd:Reservation>\n"
          + "        <rasd:ResourceType>4</rasd:ResourceType>\n")
    ],
    passing: [
      .sound(.folder),
      Example(
        replacing: "        <rasd:ResourceType>4</rasd:ResourceType>\n",
        with: "        <rasd:Limit>2048</rasd:Limit>\n"
          + "        <rasd:Reservation>2048</rasd:Reservation>\n"
          + "        <rasd:ResourceType>4</rasd:ResourceType>\n"),
    ]
  ) { checked, findings in
    for item in checked.items {
      guard let reservation = item.reservation?.value, let limit = item.limit?.value,
        reservation > limit
      else { continue }
      findings.add(
        "\(item.title) reserves \(reservation) and is limited to \(limit)",
        at: item.reservation?.place ?? item.place, found: "\(reservation)")
    }
  }
}

import OVARules

extension TargetProduct {
  /// VMware Fusion.
  static let fusion = TargetProduct(
    id: "fusion", title: "VMware Fusion",
    basis: "VMware's documents, reports",
    releases: TargetRelease.list([
      ("1", 6), ("2", 7), ("4", 8), ("5", 9), ("6", 10), ("7", 11), ("10.1", 14), ("11", nil),
      ("12", nil), ("13", nil), ("25h2", 22),
    ]),
    conditions: hosted(unlisted: "13") + [
      TargetCondition(
        "ws-ovf09", "OVF 0.9", .fails, "Fusion reads OVF 1.0 and later.", fix: TargetFix.ovf1,
        basis: .documented("VMware Fusion 8 GUID-275EF202"), triggering: .ovf09
      ) { view in view.namespaceHit(view.namespace == .ovf09) }
    ])
}

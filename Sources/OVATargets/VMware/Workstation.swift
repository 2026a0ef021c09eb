import OVARules

extension TargetProduct {
  /// VMware Workstation.
  static let workstation = TargetProduct(
    id: "workstation", title: "VMware Workstation",
    basis: "govmomi's table of families, VMware's documents, reports",
    releases: TargetRelease.list([
      ("6", 6), ("6.5", 7), ("8", 8), ("9", 9), ("10", 10), ("11", 11), ("12", 12), ("14", nil),
      ("15", 16), ("16", nil), ("17", nil), ("25h2", 22),
    ]), conditions: hosted(unlisted: "17"))
}

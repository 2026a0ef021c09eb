extension TargetProduct {
  /// vCenter with ESXi hosts.
  static let vSphere = TargetProduct(
    id: "vsphere", title: "VMware vSphere",
    basis: "govmomi fd061606 and vm-operator 506dc5dc (2026-08), VMware's documents for 6.0 to 8.0",
    releases: TargetRelease.vSphere,
    conditions: vSphereHardware + vSphereGuest + vSphereSections + vSphereSettings + vSphereFiles)
}

extension TargetRelease {
  /// The releases of vSphere with the highest hardware family of their hosts.
  ///
  /// govmomi's `hardware_version.go` and `esxi_version.go`; the third updates of 7.0 and 8.0 bring
  /// no family.
  static let vSphere = list([
    ("6.0", 11), ("6.5", 13), ("6.7", 14), ("6.7u2", 15), ("6.7u3", 15), ("7.0", 17), ("7.0u1", 18),
    ("7.0u2", 19), ("7.0u3", 19), ("8.0", 20), ("8.0u1", 20), ("8.0u2", 21), ("8.0u3", 21),
    ("9.0", 22),
  ])

  /// Returns whether it is this release of vSphere or a later one.
  func isVSphere(atLeast version: String) -> Bool {
    guard let other = Self.vSphere.first(where: { $0.version == version }) else { return false }
    return order >= other.order
  }
}

extension TargetProduct {
  /// vCenter with ESXi hosts.
  static let vSphere = TargetProduct(
    id: "vsphere", title: "VMware vSphere",
    basis: "govmomi fd061606 and vm-operator 506dc5dc (2026-08), VMware's documents for 6.0 to 8.0",
    releases: TargetRelease.vSphere,
    conditions: vSphereHardware + vSphereGuest + vSphereSections + vSphereSettings + vSphereFiles)

  /// The vSphere content library.
  static let contentLibrary = TargetProduct(
    id: "content-library", title: "vSphere content library",
    basis: "Broadcom's knowledge base, VMware's script make_vcsp_2022.py, reports",
    releases: TargetRelease.vSphere, conditions: contentLibraryConditions, parts: [vSphere])

  /// An ESXi host without vCenter.
  static let esxiHost = TargetProduct(
    id: "esxi-host", title: "ESXi host client", basis: "reports",
    releases: TargetRelease.vSphere, conditions: esxiHostConditions, parts: [vSphere])

  /// The image service whose API `ova serve` speaks.
  static let vss = TargetProduct(
    id: "vss", title: "VSS image service", basis: "the description of its API",
    releases: TargetRelease.vSphere, conditions: vssConditions, parts: [vSphere])
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

  /// Whether it is this release of vSphere or a later one.
  func isVSphere(atLeast version: String) -> Bool {
    guard let other = Self.vSphere.first(where: { $0.version == version }) else { return false }
    return order >= other.order
  }
}

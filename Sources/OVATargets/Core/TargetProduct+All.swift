extension TargetProduct {
  /// All products, those that most people import into first.
  public static let all: [TargetProduct] = [
    .vSphere, .contentLibrary, .esxiHost, .govc, .cloudDirector, .workstation, .fusion, .virtualBox,
    .virtV2V, .forklift, .kubeVirtCDI, .proxmox, .xenOrchestra, .cloudStack, .incus, .oVirt,
    .glance, .nova, .aws, .oci, .oraclePCA, .azure, .hyperV, .nutanix, .aruba, .cisco, .vss,
  ]
}

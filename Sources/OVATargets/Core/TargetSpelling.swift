/// The ways in which people write targets.
enum TargetSpelling {
  /// A name in lower case with single hyphens between its words.
  static func plain(_ name: String) -> String {
    name.lowercased().split { $0.isWhitespace || $0 == "-" || $0 == "_" || $0 == "/" }
      .joined(separator: "-")
  }

  /// The product that a plain name begins with, the longest where several do, and what follows it:
  /// a version, with or without a hyphen between; empty for none.
  static func product(in name: String) -> (product: TargetProduct, version: String)? {
    var found: (product: TargetProduct, length: Int, version: String)?
    for product in TargetProduct.all {
      for known in [product.id] + (otherNames[product.id] ?? []) where name.hasPrefix(known) {
        var rest = name.dropFirst(known.count)
        if rest.first == "-" {
          rest = rest.dropFirst()
        } else if let first = rest.first, !first.isNumber {
          continue
        }
        guard known.count > found?.length ?? 0 else { continue }
        found = (product, known.count, String(rest))
      }
    }
    return found.map { ($0.product, $0.version) }
  }

  /// The release that a version means: as it is listed; `7.0.3` and `7.0-update-3` for `7.0u3`; `8`
  /// for `8.0`; and `7.1` for `7` where a product's releases are distinguished by their first
  /// number alone.
  static func release(_ version: String, of product: TargetProduct) -> TargetRelease? {
    func listed(_ version: some StringProtocol) -> TargetRelease? {
      product.releases.first { $0.version == version }
    }
    let words = version.split(separator: "-").joined().replacing("update", with: "u")
    let plain = words.hasPrefix("v") ? String(words.dropFirst()) : words
    if let release = listed(plain) { return release }
    // A patch of an update: 8.0u2b.
    if let patch = plain.last, patch.isLetter, plain.contains("u"),
      let release = listed(plain.dropLast())
    {
      return release
    }
    let numbers = plain.split(separator: ".", omittingEmptySubsequences: false)
    guard numbers.allSatisfy({ !$0.isEmpty && $0.allSatisfy(\.isNumber) }) else { return nil }
    if numbers.count == 1 { return listed("\(plain).0") }
    let major = numbers[0]
    if numbers.count == 3, product.releases.contains(where: { $0.version.contains("u") }) {
      let start = "\(major).\(numbers[1])"
      return numbers[2].allSatisfy { $0 == "0" } ? listed(start) : listed("\(start)u\(numbers[2])")
    }
    let hasMinors = product.releases.contains { $0.version.hasPrefix("\(major).") }
    return hasMinors ? nil : listed(major)
  }

  /// Names that products are known by beside their ids, each in plain form.
  private static let otherNames: [String: [String]] = [
    "vsphere": ["vmware-vsphere", "vcenter", "vmware-vcenter", "vcenter-server"],
    "esxi-host": ["esxi", "esx", "vmware-esxi"],
    "content-library": ["vsphere-content-library"],
    "vcd": ["cloud-director", "vcloud-director", "vmware-cloud-director", "vcloud"],
    "workstation": ["vmware-workstation", "workstation-pro", "vmware-workstation-pro"],
    "fusion": ["vmware-fusion", "fusion-pro"],
    "virtualbox": ["vbox", "oracle-virtualbox", "oracle-vm-virtualbox"],
    "virt-v2v": ["v2v"],
    "forklift": ["mtv"],
    "kubevirt-cdi": ["kubevirt", "cdi"],
    "proxmox": ["proxmox-ve", "pve"],
    "xen-orchestra": ["xcp-ng", "xo", "xoa", "xenorchestra"],
    "cloudstack": ["apache-cloudstack"],
    "incus": ["incus-migrate"],
    "ovirt": ["rhv"],
    "glance": ["openstack", "openstack-glance"],
    "nova-vmware": ["openstack-nova", "nova"],
    "aws": ["amazon", "ec2", "amazon-ec2"],
    "oci": ["oracle-cloud"],
    "azure": ["microsoft-azure"],
    "hyper-v": ["hyperv", "microsoft-hyper-v"],
    "nutanix": ["nutanix-ahv", "ahv"],
  ]
}

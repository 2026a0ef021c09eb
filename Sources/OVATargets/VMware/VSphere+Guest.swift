import OVARules
import OVFDescriptor

extension TargetProduct {
  static let vSphereGuest: [TargetCondition] = [
    TargetCondition(
      "vs-guest", "a guest identifier that is newer than the release", .loss,
      "The guest becomes \"Other\" with a warning; some clients refuse it.",
      fix: "Choose the nearest guest system that the release knows.",
      basis: .source("govmomi minAPIVersionForEnumValue; EMCECS#555"), at: "7.0",
      triggering: .edit("ubuntu64Guest", "debian12_64Guest")
    ) { view in
      guard let release = view.release else { return [] }
      return view.guests { guest in
        NewGuests.first[guest].map { !release.isVSphere(atLeast: $0) } ?? false
      }
    },
    TargetCondition(
      "vs-guest-unlisted", "a guest identifier that vSphere does not list", .unknown,
      "The guest becomes \"Other\", is taken from the CIM number, or is refused.",
      fix: "Write one of vSphere's identifiers as `vmw:osType`.",
      basis: .source("govmomi VirtualMachineGuestOsIdentifier"),
      triggering: .edit("ubuntu64Guest", "templeOS64Guest")
    ) { view in
      view.guests { NewGuests.first[$0] == nil && VMwareGuest.firstFamily(of: $0) == nil }
    },
  ]
}

/// The guest identifiers that came after the first release of 7.0, with the release that brought
/// each.
private enum NewGuests {
  static let first: [String: String] = {
    var first: [String: String] = [:]
    for (release, names) in named {
      for name in names.split(whereSeparator: \.isWhitespace) { first["\(name)Guest"] = release }
    }
    return first
  }()

  private static let named: [(release: String, names: String)] = [
    (
      "7.0u1",
      """
      windows2019srvNext_64 freebsd13 freebsd13_64 rhel9_64 centos9_64 oracleLinux9_64 sles16_64
      asianux9_64 other5xLinux other5xLinux64 darwin20_64 darwin21_64 amazonlinux3_64
      """
    ),
    (
      "8.0",
      """
      windows11_64 windows12_64 windows2022srvNext_64 freebsd14 freebsd14_64 debian12 debian12_64
      other6xLinux other6xLinux64 darwin22_64 darwin23_64 vmkernel8 rockylinux_64 almalinux_64
      """
    ),
    ("8.0u3", "crxSys1"),
    (
      "9.0",
      """
      freebsd15 freebsd15_64 rhel10_64 oracleLinux10_64 debian13 debian13_64 miraclelinux_64
      pardus_64 other7xLinux other7xLinux64 fusionos_64 prolinux_64 kylinlinux_64 vmkernel9
      """
    ),
  ]
}

extension TargetView {
  /// The guest identifiers of machines for which a condition holds.
  fileprivate func guests(_ isMeant: (String) -> Bool) -> [Hit] {
    systems.compactMap { system in
      guard let guest = system.operatingSystem?.vmwareType, !guest.text.isEmpty,
        isMeant(guest.text)
      else { return nil }
      return Hit(guest.place, found: guest.text)
    }
  }
}

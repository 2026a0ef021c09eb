import OVABasics
import OVAPackage
import OVFDescriptor
import OVFXML

extension Rule {
  /// The guest has no driver for its SCSI controller.
  static let guestControllerUnsupported = Rule(
    id: "guest-controller-unsupported",
    group: .hardware,
    title: "The guest system does not go with its SCSI controller",
    severity: .warning,
    basis: .practice(
      "vCenter: \"value 'lsilogic' of ResourceSubType element not found in [VirtualSCSI]\" for "
        + "`rhel9_64Guest`."),
    why: "vSphere offers each guest the controllers that it has drivers for. BusLogic has none in "
      + "64-bit systems, LSI Logic parallel none in Red Hat Enterprise Linux 8 and its relatives. "
      + "The import is refused, or the system finds no disk to start from.",
    fix: "Write `VirtualSCSI` if the installed system has its driver, as RHEL 8 and later do, and "
      + "try the machine with it.",
    triggering: [
      Example(
        .folder,
        edits: [.family("vmx-19"), .guest("rhel9_64Guest")], [],
        caption: "LSI Logic parallel with RHEL 9"),
      Example(
        .folder, edits: [.controller("buslogic")], [], caption: "BusLogic with a 64-bit guest"),
      Example(
        .folder,
        edits: [
          .controller("buslogic"), .init(old: " vmw:osType=\"ubuntu64Guest\"", new: ""),
        ], [], caption: "CIM's number 94 is Ubuntu of 64 bits"),
      Example(
        .folder,
        edits: [
          .init(
            old: "ovf:id=\"94\" vmw:osType=\"ubuntu64Guest\"",
            new: "ovf:id=\"80\" ovf:version=\"8.6\""),
          .init(old: "Ubuntu Linux (64-bit)", new: "Red Hat Enterprise Linux 8 (64-bit)"),
        ], [], caption: "CIM's number 80 is RHEL of 64 bits, here with its version"),
      Example(
        .folder,
        edits: [
          .family("vmx-14"), .guest("oracleLinux8_64Guest"), .controller("lsilogic buslogic"),
        ], [], caption: "none of the alternatives goes with it", documented: false),
    ],
    passing: [
      .sound(.folder),
      Example(
        .folder,
        edits: [.family("vmx-19"), .guest("rhel9_64Guest"), .controller("VirtualSCSI")], []),
      Example(
        .folder, edits: [.guest("rhel7_64Guest")], [], documented: false),
      Example(
        .folder, edits: [.controller("buslogic lsilogic")], [],
        caption: "one of the alternatives goes with it"),
      Example(
        .folder, edits: [.guest("otherGuest"), .controller("buslogic")], [],
        caption: "a system of 32 bits", documented: false),
    ]
  ) { checked, findings in
    for (system, hardware) in checked.hardware {
      guard let guest = system.operatingSystem.flatMap(GuestFacts.init),
        !hardware.section.isVirtualBoxOnly
      else { continue }
      for device in hardware.controllers where device.kind == .controller(.scsi) {
        let types = device.item.subTypes
        guard !types.isEmpty, types.allSatisfy({ guest.reason(against: $0) != nil }),
          let reason = types.first.flatMap({ guest.reason(against: $0) })
        else { continue }
        findings.add(
          "\(device.item.title) is '\(types.joined(separator: " "))', \(reason)",
          at: device.item.resourceSubType?.place ?? device.item.place, expected: "VirtualSCSI",
          found: device.item.resourceSubType?.text,
          severity: types.contains { $0.lowercased() == "lsilogicsas" } ? .info : nil)
      }
    }
  }
}

/// The known facts on a guest system's drivers.
private struct GuestFacts {
  /// The guest in words.
  let title: String
  let is64Bit: Bool
  /// The version of Red Hat's distribution that it is, or is made from; nil for others.
  let redHatVersion: Int?

  /// Finds it by vSphere's name if there is one that it knows, else by CIM's number.
  init?(_ system: OperatingSystem) {
    if let type = system.vmwareType?.text, VMwareGuest.firstFamily(of: type) != nil {
      title = "'\(type)'"
      is64Bit = type.hasSuffix("64Guest") || type == "otherGuest64"
      redHatVersion = Self.redHatVersion(of: type)
      return
    }
    guard system.vmwareType == nil, let id = system.id?.value, let name = system.cimName else {
      return nil
    }
    title = "the guest system \(id) (\(name))"
    // Windows Server 2008 R2, 2011, 2012 and 2012 R2 are of 64 bits only.
    is64Bit = name.lowercased().contains("64-bit") || [103, 111, 112, 115].contains(id)
    // RHEL, CentOS and Oracle Linux of 64 bits, whatever their version.
    let version = system.version?.text.trimmingBlanks.prefix { $0.isNumber }
    redHatVersion = [80, 107, 109].contains(id) ? version.flatMap { Int($0) } : nil
  }

  private static func redHatVersion(of type: String) -> Int? {
    if type == "rockylinux_64Guest" || type == "almalinux_64Guest" { return 8 }
    for prefix in ["rhel", "centos", "oracleLinux"] where type.hasPrefix(prefix) {
      let number = type.dropFirst(prefix.count).prefix { $0.isNumber }
      // `centos64Guest` is of any version; the number is that of the bits.
      return type == "\(prefix)64Guest" ? nil : Int(number)
    }
    return nil
  }

  /// Returns the reason why a controller does not go with it, as the end of a sentence; nil if
  /// nothing is known against it.
  func reason(against subType: String) -> String? {
    let release = redHatVersion ?? 0
    switch subType.lowercased() {
    case "buslogic" where is64Bit:
      return "for which \(title), of 64 bits, has no driver"
    case "lsilogic" where release >= 8:
      return "for which \(title) has no driver"
    case "lsilogicsas" where release >= 9:
      return "which vSphere does not offer \(title)"
    default: return nil
    }
  }
}

extension Example.Edit {
  /// The guest system is this one of vSphere's.
  static func guest(_ type: String) -> Self { Self(old: "ubuntu64Guest", new: type) }
}

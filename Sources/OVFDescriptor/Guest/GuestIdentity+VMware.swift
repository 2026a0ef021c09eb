extension GuestIdentity {
  /// Reads a name of vSphere's enumeration VirtualMachineGuestOsIdentifier, such as
  /// `rhel9_64Guest`; nil for a text that is none of the form.
  public init?(vmwareType: String) {
    var name = vmwareType
    if name == "otherGuest64" { name = "other64Guest" }
    guard name.hasSuffix("Guest") else { return nil }
    name = String(name.dropLast("Guest".count))
    let isWide = name.hasSuffix("64")
    if isWide { name = String(name.dropLast(name.hasSuffix("_64") ? 3 : 2)) }
    if let known = Self.vmwareNames[name] {
      self.init(
        family: known.family, version: known.version, includesLater: known.includesLater,
        bits: isWide ? 64 : known.family == .esxi ? nil : 32)
      return
    }
    // The kernel of "other5xLinux" is the least.
    if name.hasPrefix("other"), name.hasSuffix("Linux") {
      self.init(family: .linux, bits: isWide ? 64 : 32)
      return
    }
    let stem = String(name.prefix { !$0.isNumber })
    guard let family = Self.vmwareStems[stem] else { return nil }
    let digits = String(name.dropFirst(stem.count).prefix { $0.isNumber })
    // Darwin's numbers are not those of macOS, and ESXi's are written as 65 for 6.5.
    let isVersion = family != .macOS && family != .esxi && !digits.isEmpty
    self.init(
      family: family, version: isVersion ? digits : nil,
      bits: family == .esxi ? nil : isWide ? 64 : 32)
  }

  private static let vmwareStems: [String: Family] = [
    "ubuntu": .ubuntu, "debian": .debian, "redhat": .redHat, "rhel": .redHat, "centos": .centOS,
    "oracleLinux": .oracleLinux, "rockylinux_": .rocky, "rockylinux": .rocky,
    "almalinux_": .alma, "almalinux": .alma, "fedora": .fedora, "suse": .suse, "sles": .suse,
    "opensuse": .openSUSE, "vmwarePhoton": .photon, "amazonlinux": .amazonLinux,
    "coreos": .coreOS, "asianux": .asianux, "mandriva": .mandriva, "mandrake": .mandriva,
    "turboLinux": .turboLinux, "genericLinux": .linux, "freebsd": .freeBSD, "solaris": .solaris,
    "darwin": .macOS, "vmkernel": .esxi, "netware": .netWare, "os": .os2, "eComStation": .os2,
    "dos": .dos, "openServer": .sco, "unixWare": .sco,
  ]

  private static let vmwareNames:
    [String: (family: Family?, version: String?, includesLater: Bool)] = [
      "other": (nil, nil, false),
      "winXPHome": (.windowsClient, "XP", false), "winXPPro": (.windowsClient, "XP", false),
      "winVista": (.windowsClient, "Vista", false), "windows7": (.windowsClient, "7", false),
      "windows8": (.windowsClient, "8", false), "windows9": (.windowsClient, "10", true),
      "windows11": (.windowsClient, "11", false), "windows12": (.windowsClient, "12", false),
      "win31": (.windows, nil, false), "win95": (.windows, nil, false),
      "win98": (.windows, nil, false), "winMe": (.windows, nil, false),
      "winNT": (.windows, nil, false), "win2000Pro": (.windows, nil, false),
      "win2000Serv": (.windowsServer, "2000", false),
      "win2000AdvServ": (.windowsServer, "2000", false),
      "winNetWeb": (.windowsServer, "2003", false),
      "winNetStandard": (.windowsServer, "2003", false),
      "winNetEnterprise": (.windowsServer, "2003", false),
      "winNetDatacenter": (.windowsServer, "2003", false),
      "winNetBusiness": (.windowsServer, "2003", false),
      "winLonghorn": (.windowsServer, "2008", false),
      "windows7Server": (.windowsServer, "2008 R2", false),
      "windows8Server": (.windowsServer, "2012", false),
      "windows9Server": (.windowsServer, "2016", true),
      "windows2019srv": (.windowsServer, "2019", false),
      "windows2019srvNext": (.windowsServer, "2022", false),
      "windows2022srvNext": (.windowsServer, "2025", false),
      "windowsHyperV": (.windows, nil, false), "nld9": (.suse, nil, false),
      "oes": (.suse, nil, false), "sjds": (.linux, nil, false),
    ]
}

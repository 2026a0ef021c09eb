/// The guest systems that vSphere has names for (`vmw:osType`): the enumeration
/// VirtualMachineGuestOsIdentifier of the vSphere Web Services API, with the version that brought
/// each ("since"), told as the hardware family of that version.
package enum VMwareGuest {
  /// The first family whose hosts know a guest; nil for one that vSphere 8 does not know.
  package static func firstFamily(of guest: String) -> Int? { families[guest] }

  /// The name as vSphere spells it, of one that differs in case alone.
  static func spelling(of guest: String) -> String? { spellings[guest.lowercased()] }

  private static let families: [String: Int] = {
    var families: [String: Int] = [:]
    for (family, names) in named {
      for name in names.split(whereSeparator: \.isWhitespace) { families["\(name)Guest"] = family }
    }
    families["otherGuest64"] = 4
    return families
  }()

  private static let spellings = Dictionary(
    families.keys.map { ($0.lowercased(), $0) }, uniquingKeysWith: min)

  /// The names without "Guest", by family: 4 for VI 2.5 and before, 7 for vSphere 4, 8 for 5.0, 9
  /// for 5.1, 10 for 5.5, 11 for 6.0, 13 for 6.5, 14 for 6.7, 17 for 7.0, 20 for 8.0.
  private static let named: [(family: Int, names: String)] = [
    (
      4,
      """
      dos win31 win95 win98 winMe winNT win2000Pro win2000Serv win2000AdvServ winXPHome winXPPro
      winXPPro64 winNetWeb winNetStandard winNetEnterprise winNetDatacenter winNetBusiness
      winNetStandard64 winNetEnterprise64 winNetDatacenter64 winLonghorn winLonghorn64 winVista
      winVista64 freebsd freebsd64 redhat rhel2 rhel3 rhel3_64 rhel4 rhel4_64 rhel5 rhel5_64 suse
      suse64 sles sles64 sles10 sles10_64 nld9 oes sjds mandrake turboLinux ubuntu ubuntu64
      other24xLinux other26xLinux otherLinux other24xLinux64 other26xLinux64 otherLinux64
      genericLinux solaris6 solaris7 solaris8 solaris9 solaris10 solaris10_64 os2 netware4 netware5
      netware6 darwin other
      """
    ),
    (
      7,
      """
      windows7 windows7_64 windows7Server64 rhel6 rhel6_64 centos centos64 oracleLinux
      oracleLinux64 sles11 sles11_64 mandriva mandriva64 turboLinux64 debian4 debian4_64 debian5
      debian5_64 asianux3 asianux3_64 asianux4 asianux4_64 eComStation openServer5 openServer6
      unixWare7 darwin64
      """
    ),
    (
      8,
      """
      windows8 windows8_64 windows8Server64 debian6 debian6_64 solaris11_64 eComStation2 darwin10
      darwin10_64 darwin11 darwin11_64 vmkernel vmkernel5
      """
    ),
    (9, "opensuse opensuse64 fedora fedora64"),
    (
      10,
      """
      windowsHyperV rhel7 rhel7_64 sles12 sles12_64 debian7 debian7_64 other3xLinux other3xLinux64
      darwin12_64 darwin13_64
      """
    ),
    (
      11,
      """
      windows9 windows9_64 windows9Server64 debian8 debian8_64 asianux5_64 coreos64 darwin14_64
      vmkernel6
      """
    ),
    (
      13,
      """
      centos6 centos6_64 centos7 centos7_64 oracleLinux6 oracleLinux6_64 oracleLinux7
      oracleLinux7_64 debian9 debian9_64 debian10 debian10_64 asianux7_64 vmwarePhoton64
      darwin15_64 darwin16_64 vmkernel65
      """
    ),
    (
      14,
      """
      freebsd11 freebsd11_64 freebsd12 freebsd12_64 rhel8_64 centos8_64 oracleLinux8_64 sles15_64
      asianux8_64 other4xLinux other4xLinux64 darwin17_64 darwin18_64 amazonlinux2_64
      """
    ),
    (
      17,
      """
      windows2019srv_64 windows2019srvNext_64 freebsd13 freebsd13_64 rhel9_64 centos9_64
      oracleLinux9_64 sles16_64 debian11 debian11_64 asianux9_64 other5xLinux other5xLinux64
      darwin19_64 darwin20_64 darwin21_64 vmkernel7 amazonlinux3_64 crxPod1
      """
    ),
    (
      20,
      """
      windows11_64 windows12_64 windows2022srvNext_64 freebsd14 freebsd14_64 debian12 debian12_64
      other6xLinux other6xLinux64 rockylinux_64 almalinux_64 darwin22_64 darwin23_64 vmkernel8
      """
    ),
  ]
}

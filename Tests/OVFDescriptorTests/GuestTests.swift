import OVABasics
import OVFDescriptor
import Testing

private func guest(_ attributes: String, _ description: String = "") throws -> (
  Envelope, OperatingSystem
) {
  let section = """
    <OperatingSystemSection \(attributes)><Info/>\
    \(description.isEmpty ? "" : "<Description>\(description)</Description>")\
    </OperatingSystemSection>
    """
  let envelope = try read(
    Text.envelope("<VirtualSystem ovf:id=\"a\"><Info/>\(section)</VirtualSystem>"))
  return (envelope, try #require(envelope.virtualSystems.first?.operatingSystem))
}

@Suite struct Guests {
  @Test(
    arguments: [
      // The description, unless it is general.
      (#"ovf:id="94" vmw:osType="ubuntu64Guest""#, "Ubuntu Linux 24.04", "Ubuntu Linux 24.04"),
      (#"ovf:id="1" vmw:osType="ubuntu64Guest""#, "Other", "Ubuntu Linux (64-bit)"),
      (#"ovf:id="1" vmw:osType="rhel9_64Guest""#, "", "Red Hat Enterprise Linux 9 (64-bit)"),
      (#"ovf:id="101" vmw:osType="debian12_64Guest""#, "", "Debian GNU/Linux 12 (64-bit)"),
      (
        #"ovf:id="101" vmw:osType="debian12_64Guest""#, "Linux 64-Bit",
        "Debian GNU/Linux 12 (64-bit)"
      ),
      (
        #"ovf:id="1" vmw:osType="windows2019srvNext_64Guest""#, "other_windows",
        "Windows Server 2022 (64-bit)"
      ),
      (#"ovf:id="101" vmw:osType="vmwarePhoton64Guest""#, "", "VMware Photon OS (64-bit)"),
      (#"ovf:id="1" vmw:osType="otherGuest64""#, "Talos Linux", "Talos Linux"),
      // CIM's name of one system before a general type.
      (#"ovf:id="94" vmw:osType="otherLinux64Guest""#, "", "Ubuntu 64-Bit"),
      // Nothing but general names: the producer's words, its type, CIM's.
      (#"ovf:id="100" vmw:osType="other5xLinux64Guest""#, "Other Linux", "Other Linux"),
      (#"ovf:id="1" vmw:osType="otherLinux64Guest""#, "", "Other Linux (64-bit)"),
      (#"ovf:id="1""#, "", "Other"), (#"ovf:id="101""#, "", "Linux 64-Bit"),
      (#"ovf:id="999""#, "", "CIM 999"),
      (#"ovf:id="1" vmw:osType="{{guest}}""#, "", "Other"),
    ] as [(String, String, String)])
  func `the guest is told by what says most`(
    attributes: String, description: String, name: String
  ) throws {
    let (envelope, guest) = try guest(attributes, description)
    #expect(envelope.guestName(of: guest) == name)
  }

  @Test func `VirtualBox's type is used where CIM's number is general`() throws {
    let envelope = try read(
      Text.envelope(
        """
        <VirtualSystem ovf:id="a"><Info/><OperatingSystemSection ovf:id="1"><Info/>
        <vbox:OSType ovf:required="false">Debian12_64</vbox:OSType></OperatingSystemSection>
        </VirtualSystem>
        """))
    let guest = try #require(envelope.virtualSystems.first?.operatingSystem)
    #expect(envelope.guestName(of: guest) == "Debian GNU/Linux 12 (64-bit)")
  }

  @Test(
    arguments: [
      ("windows2019srv_64Guest", "Microsoft Windows Server 2022 (64-bit)", true),
      ("windows2019srv_64Guest", "Microsoft Windows Server 2019 (64-bit)", false),
      ("windows9Server64Guest", "Microsoft Windows Server 2016 or later (64-bit)", false),
      ("windows9Server64Guest", "Microsoft Windows Server 2022 (64-bit)", false),
      ("windows9Server64Guest", "Microsoft Windows Server 2012 (64-bit)", true),
      ("windows8Server64Guest", "Microsoft Windows Server 2012 R2 (64-bit)", false),
      ("windows7Server64Guest", "Microsoft Windows Server 2008 R2 (64-bit)", false),
      ("winLonghorn64Guest", "Microsoft Windows Server 2008 R2 (64-bit)", true),
      ("windows9_64Guest", "Microsoft Windows 11 (64-bit)", false),
      ("windows9_64Guest", "Microsoft Windows Server 2016 (64-bit)", true),
      ("winXPProGuest", "Microsoft Windows XP Professional (32-bit)", false),
      ("ubuntu64Guest", "Ubuntu Linux (32-bit)", true), ("ubuntu64Guest", "Ubuntu 24.04", false),
      ("ubuntu64Guest", "Debian GNU/Linux 12", true), ("ubuntu64Guest", "Windows 10", true),
      ("ubuntuGuest", "Ubuntu Linux (64-bit)", true),
      ("debian10_64Guest", "Debian GNU/Linux 11 (64-bit)", true),
      ("rhel9_64Guest", "Rocky Linux 9 (64-bit)", true),
      ("centos64Guest", "CentOS 4/5/6/7 (64-bit)", false),
      ("centos64Guest", "CentOS 4/5 or later (64-bit)", false),
      ("sles15_64Guest", "SUSE Linux Enterprise 15 (64-bit)", false),
      ("sles15_64Guest", "openSUSE Leap 15.5 (64-bit)", false),
      ("otherLinux64Guest", "Rocky Linux 9 (64-bit)", false),
      ("otherLinux64Guest", "Microsoft Windows Server 2019", true),
      ("otherLinuxGuest", "Alpine Linux (64-bit)", true), ("otherGuest64", "FreeBSD 14", false),
      ("other26xLinux64Guest", "Cisco IOS-XE Software", false),
      ("solaris11_64Guest", "Oracle Solaris 11 (64-bit)", false),
      ("oracleLinux8_64Guest", "Oracle Linux 8 (64-bit)", false),
      ("vmkernel8Guest", "VMware ESXi 8.0 or later", false),
      ("darwin23_64Guest", "Apple macOS 14 (64-bit)", false),
      ("amazonlinux2_64Guest", "Amazon Linux 2 (64-bit)", false),
      ("coreos64Guest", "CoreOS Linux (64-bit)", false),
    ] as [(String, String, Bool)])
  func `a type and a description contradict each other or not`(
    type: String, description: String, contradicts: Bool
  ) throws {
    let identity = try #require(GuestIdentity(vmwareType: type))
    let other = GuestIdentity(text: description)
    #expect(identity.contradicts(other) == contradicts, "\(identity) and \(other)")
    #expect(other.contradicts(identity) == contradicts)
  }

  @Test func `a title reads back as the same system`() throws {
    for type in [
      "ubuntu64Guest", "debian12_64Guest", "rhel9_64Guest", "centos7_64Guest", "rockylinux_64Guest",
      "almalinux_64Guest", "oracleLinux8_64Guest", "sles15_64Guest", "opensuse64Guest",
      "fedora64Guest", "vmwarePhoton64Guest", "amazonlinux3_64Guest", "windows11_64Guest",
      "windows2022srvNext_64Guest", "freebsd14_64Guest", "solaris11_64Guest", "otherLinuxGuest",
    ] {
      let identity = try #require(GuestIdentity(vmwareType: type))
      let again = GuestIdentity(text: identity.title)
      #expect(again == identity, "\(identity.title)")
    }
  }

  @Test(arguments: ["", "Guest64", "ubuntu", "{{ vmware_guest }}", "${OS_TYPE}", "mysteryGuest"])
  func `what is none of vSphere's types says nothing`(type: String) {
    #expect(GuestIdentity(vmwareType: type) == nil)
  }
}

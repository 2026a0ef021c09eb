import OVAPackage
import OVARules
import OVATestSupport
import Testing

/// Tests of rules on hardware and properties with the many ways to write one thing.
@Suite struct HardwareVariantsTests {
  /// The findings of one rule on the sound package's descriptor with pieces written otherwise:
  /// severity, and what was expected.
  private func said(
    _ rule: String, _ edits: (old: String, new: String)...
  ) throws -> [String] {
    var text = SoundPackage.descriptor.replacing("SIZE", with: "4")
    for edit in edits {
      try #require(text.contains(edit.old))
      text = text.replacing(edit.old, with: edit.new, maxReplacements: 1)
    }
    let folder = try TemporaryFolder()
    let package = try Package.open(try folder.write(text, to: "web.ovf"))
    let found = try #require(Rule.named(rule)).findings(
      in: CheckedPackage(package: package, evidence: .none))
    return found.map { "\($0.severity) \($0.expected ?? "-")" }
  }

  @Test(arguments: [
    ("com.vmware.guestinfo", "com.vmware.guestInfo"),
    ("COM.VMWARE.GUESTINFO", "com.vmware.guestInfo"),
    ("com.vmware.GuestInfo", "com.vmware.guestInfo"), ("guestinfo", "com.vmware.guestInfo"),
    ("com.vmware.guestInfos", "com.vmware.guestInfo"),
    ("com.vmare.guestInfo", "com.vmware.guestInfo"),
    ("com.vmware .guestInfo", "com.vmware.guestInfo"), ("vmware.guestInfo", "com.vmware.guestInfo"),
    ("ISO", "iso"), ("cdrom", "iso"), ("Iso com.vmware.guestInfo", "iso com.vmware.guestInfo"),
    ("iso com.vmware.guestinfo", "iso com.vmware.guestInfo"),
    ("iso com.vmware. guestInfo", "iso com.vmware.guestInfo"),
  ])
  func aTransportThatIsNearlyRightIsToldWithItsSpelling(written: String, right: String) throws {
    #expect(
      try said("transport-misspelled", ("\"com.vmware.guestInfo\"", "\"\(written)\""))
        == ["warning \(right)"])
  }

  @Test(arguments: [
    "iso", "com.vmware.guestInfo", "iso com.vmware.guestInfo", " iso ", "",
    "com.vmware.guestInfo  iso", "http://example.com/iso", "urn:example:guestinfo",
    "org.example.floppy",
  ])
  func aTransportThatIsRightOrAnothersIsLeftAlone(written: String) throws {
    #expect(
      try said("transport-misspelled", ("\"com.vmware.guestInfo\"", "\"\(written)\"")) == [])
  }

  @Test(arguments: [
    ("virtualscsi", "VirtualSCSI"), ("VIRTUALSCSI", "VirtualSCSI"), ("VirtualScsi", "VirtualSCSI"),
    ("Virtual SCSI", "VirtualSCSI"), ("virtual-scsi", "VirtualSCSI"), ("pvscsi", "VirtualSCSI"),
    ("ParaVirtual", "VirtualSCSI"), ("LsiLogic", "lsilogic"), ("LSILOGIC", "lsilogic"),
    ("lsi-logic", "lsilogic"), ("lsi logic", "lsilogic"), ("lsilogic-sas", "lsilogicsas"),
    ("LsiLogicSAS", "lsilogicsas"), ("lsilogic sas", "lsilogicsas"), ("lsilogicas", "lsilogicsas"),
    ("BusLogic", "buslogic"), ("bus-logic", "buslogic"), ("buslogik", "buslogic"),
  ])
  func aSubtypeThatIsNearlyRightIsToldWithItsSpelling(written: String, right: String) throws {
    #expect(
      try said("scsi-subtype-unknown", (">lsilogic<", ">\(written)<")) == ["warning \(right)"])
  }

  @Test(arguments: [
    "lsilogic", "buslogic", "lsilogicsas", "VirtualSCSI", "VirtualSCSI lsilogic",
    "someother, lsilogic", "virtio", "virtio lsilogic", "vmware.scsi.other",
  ])
  func aSubtypeThatSomeProductKnowsIsLeftAlone(written: String) throws {
    #expect(try said("scsi-subtype-unknown", (">lsilogic<", ">\(written)<")) == [])
  }

  @Test(arguments: [
    ("E1000", nil), ("E1000e", nil), ("E1000E", nil), ("e1000", nil), ("VmxNet3", nil),
    ("VMXNET3", nil), ("vmxnet3", nil), ("PCNet32", nil), ("Vmxnet", nil), ("VmxNet2", nil),
    ("virtio", nil), ("VMXNET3 virtio", nil), ("SriovEthernetCard", nil),
    ("vmxnet-3", "warning VmxNet3"), ("vmx net 3", "warning VmxNet3"),
    ("E1000 e", "warning E1000e"),
    ("E-1000", "warning E1000"), ("PCNET32", "info PCNet32"), ("PC Net32", "warning PCNet32"),
    ("vlance", "warning PCNet32"), ("tulip", "info -"),
  ])
  func anAdaptersSubtypeIsToldFromOthers(written: String, verdict: String?) throws {
    #expect(
      try said("network-subtype-unknown", (">VmxNet3<", ">\(written)<"))

        == [verdict].compactMap(\.self))
  }

  @Test(arguments: [
    // IDE, SATA, SCSI, VirtualSCSI and NVMe: the last place, and the one after it.
    ("5", "", "vmx-13", 1, 2, "warning"), ("20", "vmware.sata.ahci", "vmx-13", 29, 30, "warning"),
    ("20", "AHCI", "vmx-10", 29, 30, "warning"), ("6", "lsilogic", "vmx-20", 15, 16, "warning"),
    ("6", "buslogic", "vmx-07", 15, 16, "warning"),
    ("6", "lsilogicsas", "vmx-13", 15, 16, "warning"),
    ("6", "", "vmx-13", 15, 16, "warning"), ("6", "VirtualSCSI", "vmx-13", 15, 16, "info"),
    ("6", "VirtualSCSI", "vmx-14", 64, 65, "warning"),
    ("6", "VirtualSCSI", "vmx-13 vmx-19", 64, 65, "warning"),
    ("20", "vmware.nvme.controller", "vmx-13", 14, 15, "info"),
    ("20", "vmware.nvme.controller", "vmx-21", 63, 64, "warning"),
  ])
  func aControllerHasAsManyPlacesAsItsKindAndFamily(
    type: String, subtype: String, family: String, last: Int, beyond: Int, severity: String
  ) throws {
    func verdict(of place: Int) throws -> [String] {
      try said(
        "slot-out-of-range", ("vmx-13", family),
        (
          "<rasd:ResourceSubType>lsilogic</rasd:ResourceSubType>\n"
            + "        <rasd:ResourceType>6<",
          (subtype.isEmpty ? "" : "<rasd:ResourceSubType>\(subtype)</rasd:ResourceSubType>")
            + "<rasd:ResourceType>\(type)<"
        ), ("<rasd:AddressOnParent>0<", "<rasd:AddressOnParent>\(place)<")
      ).map { String($0.prefix { $0 != " " }) }
    }
    #expect(try verdict(of: last) == [])
    #expect(try verdict(of: 0) == [])
    #expect(try verdict(of: beyond) == [severity])
    #expect(try verdict(of: 1_000_000) == ["warning"])
    #expect(try verdict(of: 7) == (type == "6" || last < 7 ? ["warning"] : []))
  }

  @Test(arguments: [
    ("rhel8_64Guest", "lsilogic"), ("rhel9_64Guest", "lsilogic"), ("centos8_64Guest", "lsilogic"),
    ("rhel10_64Guest", "lsilogic"), ("oracleLinux9_64Guest", "lsilogic"),
    ("rockylinux_64Guest", "lsilogic"), ("almalinux_64Guest", "buslogic"),
    ("windows9Server64Guest", "buslogic"), ("otherGuest64", "buslogic"),
    ("ubuntu64Guest", "buslogic"), ("rhel7_64Guest", "buslogic"),
  ])
  func aGuestWithoutADriverForItsControllerIsTold(guest: String, controller: String) throws {
    // What vSphere 8 does not know is said as that.
    let isKnown = try said("guest-type-unknown", ("ubuntu64Guest", guest)).isEmpty
    #expect(
      try said(
        "guest-controller-unsupported", ("ubuntu64Guest", guest), (">lsilogic<", ">\(controller)<"))
        == (isKnown ? ["warning VirtualSCSI"] : []))
  }

  @Test(arguments: [
    ("rhel7_64Guest", "lsilogic"), ("rhel6Guest", "buslogic"), ("centos64Guest", "lsilogic"),
    ("windows9Server64Guest", "lsilogicsas"), ("rhel8_64Guest", "lsilogicsas"),
    ("rhel9_64Guest", "VirtualSCSI"), ("debian12_64Guest", "lsilogic"),
    ("rhel9_64Guest", "VirtualSCSI lsilogic"), ("winXPProGuest", "buslogic"),
    ("otherGuest", "buslogic"), ("oracleLinux64Guest", "lsilogic"), ("sles15_64Guest", "lsilogic"),
  ])
  func aGuestThatGoesWithItsControllerIsLeftAlone(guest: String, controller: String) throws {
    #expect(
      try said(
        "guest-controller-unsupported", ("ubuntu64Guest", guest), (">lsilogic<", ">\(controller)<"))
        == [])
  }

  @Test(arguments: [
    ("vmx-05", "warning"), ("vmx-06", "warning"), ("vmx-6", "warning"), ("vmx-16", "warning"),
    ("vmx-06 vmx-16", "warning"), ("vmx-12", "info"), ("vmx-04", nil), ("vmx-07", nil),
    ("vmx-15", nil), ("vmx-17", nil), ("vmx-16 vmx-17", nil), ("vmx-21", nil),
    ("xen-3.0-unknown", nil), ("virtualbox-2.2", nil),
  ])
  func aFamilyOfHostedProductsAloneIsTold(family: String, severity: String?) throws {
    let found = try said("family-never-esxi", ("vmx-13", family))
    #expect(found == [severity].compactMap { $0.map { "\($0) -" } })
  }

  @Test(arguments: [
    ("xen-3.0-unknown", "-"), ("hvm-3.0-unknown", "-"), ("DMTF:xen:pv", "-"), ("qemu", "-"),
    ("vmx13", "vmx-13"), ("vmx_13", "vmx-13"), ("vmx-", "-"), ("VM-13", "vmx-13"),
    ("virtualbox-2.2 xen3", "-"), ("hw13", "vmx-13"),
  ])
  func aFamilyThatIsNotVMwaresIsTold(family: String, expected: String) throws {
    #expect(try said("family-not-vmware", ("vmx-13", family)) == ["warning \(expected)"])
  }

  @Test(arguments: ["vmx-13", "xen3 vmx-04", "vmx-04,xen3", "virtualbox-2.2", "VMX-13", ""])
  func aFamilyOfVMwaresAmongOthersIsEnough(family: String) throws {
    #expect(try said("family-not-vmware", ("vmx-13", family)) == [])
  }
}

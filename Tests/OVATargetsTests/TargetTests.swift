import OVARules
import OVATargets
import OVATestSupport
import Testing

@Suite struct TargetTests {
  @Test func `a name means a product, a release or nothing`() throws {
    #expect(try Target.named("vsphere-8.0u2").id == "vsphere-8.0u2")
    #expect(try Target.named("VSphere-8.0U2").release?.family == 21)
    #expect(try Target.named("esxi-host-7.0").product.id == "esxi-host")
    let bare = try Target.named("vsphere")
    #expect(bare.id == "vsphere-9.0")
    #expect(bare.isNewestByDefault)
    #expect(try !Target.named("vsphere-9.0").isNewestByDefault)
    let plain = try Target.named("proxmox")
    #expect(plain.id == "proxmox")
    #expect(!plain.isNewestByDefault)
    #expect(throws: Target.NameFault.unknownProduct) { try Target.named("vspere") }
    #expect(throws: Target.NameFault.unknownRelease(product: "proxmox", known: [])) {
      try Target.named("proxmox-9")
    }
    #expect(throws: Target.NameFault.unknownProduct) { try Target.named("") }
    #expect(throws: Target.NameFault.unknownProduct) { try Target.named("-") }
    #expect(
      throws: Target.NameFault.unknownRelease(product: "virtualbox", known: ["6", "7"])
    ) { try Target.named("virtualbox-8") }
  }

  @Test(arguments: [
    ("vsphere 8", "vsphere-8.0"), ("vSphere 8.0 U2", "vsphere-8.0u2"),
    ("vsphere-8.0-u2", "vsphere-8.0u2"), ("vsphere8.0u2", "vsphere-8.0u2"),
    ("vSphere 8.0 Update 2", "vsphere-8.0u2"), ("vcenter-8.0.2", "vsphere-8.0u2"),
    ("vsphere-8.0u2b", "vsphere-8.0u2"), ("vsphere-7.0.0", "vsphere-7.0"),
    ("ESXi 7.0 U3", "esxi-host-7.0u3"), ("esxi", "esxi-host-9.0"),
    ("VMware_ESXi_6.7", "esxi-host-6.7"), ("VirtualBox-7.0", "virtualbox-7"),
    ("VirtualBox 7.1.4", "virtualbox-7"), ("vbox-6", "virtualbox-6"), ("vbox7", "virtualbox-7"),
    ("VMware Workstation Pro 17", "workstation-17"), ("workstation-17.5", "workstation-17"),
    ("workstation-6.5", "workstation-6.5"), ("Fusion 13", "fusion-13"),
    ("fusion-10.1", "fusion-10.1"), ("Cloud Director", "vcd-10.5"), ("PVE", "proxmox"),
    ("XCP-ng", "xen-orchestra"), ("Content Library 8.0u2", "content-library-8.0u2"),
    ("vsphere content library", "content-library-9.0"), ("MTV", "forklift"),
    ("openstack", "glance"), ("OpenStack Nova", "nova-vmware"), ("Hyper-V", "hyper-v"),
    ("hyperv", "hyper-v"),
  ])
  func `people's spellings mean the target`(name: String, id: String) throws {
    #expect(try Target.named(name).id == id)
  }

  @Test(arguments: [
    "vsphere-5.5", "vsphere-8.1", "vsphere-8.0u9", "vsphere-8.0.9", "vsphere-x", "virtualbox-8",
    "virtualbox-7.", "workstation-6.7", "esxi-", "fusion-u", "xo-1", "vsphere-",
  ])
  func `a release that there is not is not taken for another`(name: String) {
    let target = try? Target.named(name)
    #expect(target == nil || name.hasSuffix("-"))
  }

  @Test(arguments: ["vspheres", "openstackx", "novak", "esx-options", "awsome", "all", "xother"])
  func `a word that begins with a product's name is no target`(name: String) {
    #expect((try? Target.named(name)) == nil)
  }

  @Test func `the key of a limit of Cisco's means the product`() throws {
    #expect(try Target.named("cisco-csr1000v").id == "cisco")
    #expect(try Target.named("CISCO-C9800-CL").id == "cisco")
    #expect(throws: Target.NameFault.unknownRelease(product: "cisco", known: [])) {
      try Target.named("cisco-1")
    }
  }

  @Test func `every name that is told means its target again`() throws {
    for product in TargetProduct.all {
      #expect(try Target.named(product.id).name == product.id)
      for release in product.releases {
        let target = try Target.named("\(product.id)-\(release.version)")
        #expect(target.name == target.id)
        #expect(target.release == release)
        #expect(target.title.hasSuffix(release.version))
      }
    }
    #expect(Set(Target.all.map(\.id)).count == TargetProduct.all.count)
  }

  @Test func `releases of one product stand in their order and the families grow`() {
    for product in TargetProduct.all {
      #expect(product.releases.map(\.order) == Array(product.releases.indices))
      let families = product.releases.compactMap(\.family)
      #expect(families == families.sorted(), "\(product.id)")
    }
  }

  private func answer(_ example: Example, _ target: String) async throws -> TargetAnswer {
    let folder = try TemporaryFolder()
    let package = try await ConditionExample.checked(example, in: folder)
    return try #require(
      TargetAnswer.answers(
        for: [try Target.named(target)], of: package,
        findings: Rule.findings(of: Rule.all, in: package)
      ).first)
  }

  @Test(arguments: ["vsphere-7.0", "vsphere-8.0u2", "vsphere-9.0", "fusion", "workstation-15"])
  func `nothing is known against the sound package`(target: String) async throws {
    let answer = try await answer(.sound(), target)
    #expect(answer.verdict == .nothingKnown, "\(answer.reasons.map(\.condition.key))")
  }

  @Test(arguments: [
    ("vsphere-6.5", TargetVerdict.nothingKnown), ("vsphere-6.7", .nothingKnown),
    ("vsphere-8.0u1", .nothingKnown),
  ])
  func `a family that a release runs is taken`(target: String, verdict: TargetVerdict) async throws
  {
    #expect(try await answer(.sound(), target).verdict == verdict)
  }

  @Test func `a verdict is the most severe of its reasons, which come first`() async throws {
    let answer = try await answer(.sound(), "virtualbox")
    #expect(answer.verdict == .loss)
    let damaged = try await self.answer(
      Example(.ova, replacing: "byte * 2^20</rasd", with: "byte*2^20</rasd"), "virtualbox")
    #expect(damaged.verdict == .fails)
    #expect(damaged.reasons.first?.condition.key == "vb-memory-unit")
    let effects = damaged.reasons.map(\.condition.effect.verdict)
    #expect(effects == effects.sorted(by: >))
  }

  @Test(arguments: Target.all.map(\.name).filter { $0 != "cisco" })
  func `nothing is made of a disk that is not there`(target: String) async throws {
    let answer = try await answer(Example(.ova, .remove("web-disk1.vmdk")), target)
    #expect(answer.verdict == .fails)
  }

  @Test func `with errors of its own no package is one that nothing is known against`() async throws
  {
    let example = Example(.ova, replacing: "<rasd:Parent>3<", with: "<rasd:Parent>77<")
    let answer = try await answer(example, "govc")
    #expect(answer.verdict == .unknown)
    #expect(answer.reasons.map(\.condition.key) == ["any-error"])
    #expect(answer.reasons.first?.hits.first?.found == "parent-dangling")
  }

  @Test func `what no package shows comes last and leaves the verdict`() async throws {
    let answer = try await answer(.sound(), "content-library-8.0u2")
    #expect(answer.verdict == .nothingKnown)
    #expect(
      answer.reasons.map(\.condition.key) == [
        "cl-security-policy", "cl-ova-as-file", "cl-name-twice",
      ])
  }

  @Test func `a release decides whether a family is taken`() async throws {
    let newer = Example(.ova, replacing: "vmx-13", with: "vmx-20")
    #expect(try await answer(newer, "vsphere-8.0").verdict == .nothingKnown)
    let old = try await answer(newer, "vsphere-7.0u3")
    #expect(old.verdict == .fails)
    #expect(old.reasons.first?.condition.key == "vs-family")
    #expect(old.reasons.first?.hits.first?.found == "vmx-20")
  }
}

import OVAPackage
import OVARules
import OVATargets
import OVATestSupport
import Testing

/// Conditions beyond their two examples: neighbors that must not be told, and spellings that must.
@Suite struct JudgmentTests {
  private func keys(_ example: Example, _ target: String) async throws -> Set<String> {
    let folder = try TemporaryFolder()
    let package = try await ConditionExample.checked(example, in: folder)
    let answer = try #require(
      TargetAnswer.answers(
        for: [try Target.named(target)], of: package,
        findings: Rule.findings(of: Rule.all, in: package)
      ).first)
    return Set(answer.reasons.map(\.condition.key))
  }

  private static let end = "    </VirtualHardwareSection>"

  @Test(
    arguments: [
      // An element without a key is no setting that vSphere does not know.
      (
        Example(.ova, replacing: end, with: "      <vmw:Config/>\n" + end), "vsphere",
        "vs-required-config"
      ),
      // An empty reference to a parent is none.
      (
        Example(
          .ova, replacing: "ovf:diskId=\"disk1\"", with: "ovf:diskId=\"disk1\" ovf:parentRef=\"\""),
        "vsphere", "vs-delta"
      ),
      // Nova takes the first descriptor that comes before the disk, whatever else comes before it.
      (Example(.ova, .order(["web.mf", "web.ovf"])), "nova-vmware", "nova-ovf-first"),
      // Line breaks in comments and in quotes join nothing.
      (
        Example(
          .ova, replacing: "  <References>", with: "  <!-- <File\novf:id='x'> -->\n  <References>"),
        "proxmox", "px-line-break"
      ),
      (
        Example(
          .ova, replacing: "<Info>Virtual disks</Info>", with: "<Info\n>Virtual\ndisks</Info\n>"),
        "proxmox", "px-line-break"
      ),
      // 2048 without a unit was meant in MiB.
      (
        Example(
          .ova, replacing: "        <rasd:AllocationUnits>byte * 2^20</rasd:AllocationUnits>\n",
          with: ""),
        "proxmox", "px-memory-unit"
      ),
      // VirtualBox's own description of the machine says that the chipset has room for more.
      (
        Example(
          .ova,
          edits: [
            .init(old: end, new: adapters(12) + end),
            .init(
              old: "  </VirtualSystem>",
              new: """
                  <vbox:Machine xmlns:vbox="http://www.virtualbox.org/ovf/machine" ovf:required="false">
                    <Hardware><Chipset type="ICH9"/></Hardware>
                  </vbox:Machine>
                  </VirtualSystem>
                """),
          ], []), "virtualbox", "vb-nic-count"
      ),
      (Example(.ova, .algorithm("SHA1")), "vsphere-6.0", "vs-manifest-sha1-new"),
      (
        Example(.ova, .text("web.mf", replacing: "SHA256(", with: "SHA2-256(")), "vsphere-7.0",
        "vs-manifest-label"
      ),
    ] as [(Example, String, String)])
  func `what only looks like it is not told`(
    example: Example, target: String, key: String
  ) async throws {
    #expect(try await !keys(example, target).contains(key))
  }

  @Test(
    arguments: [
      (
        Example(.ova, edits: [], [.text("web.ovf", replacing: "\n    xmlns", with: "\nxmlns")]),
        "proxmox", "px-line-break"
      ),
      (
        Example(
          .ova, edits: [],
          [
            .text(
              "web.ovf", replacing: "<File ovf:id=\"file1\" ", with: "<File\r\novf:id=\"file1\" ")
          ]),
        "proxmox", "px-line-break"
      ),
      // Bytes are the unit where none is told.
      (
        Example(
          .ova,
          edits: [
            .init(
              old: "        <rasd:AllocationUnits>byte * 2^20</rasd:AllocationUnits>\n", new: ""),
            .init(old: ">2048<", new: ">2147483648<"),
          ], []), "virt-v2v", "v2v-memory-unit"
      ),
      (
        Example(.ova, replacing: "Section ovf:id=\"94\"", with: "Section ovf:id=\"102\""), "ovirt",
        "ovirt-guest"
      ),
      (
        Example(.ova, replacing: "Section ovf:id=\"94\"", with: "Section ovf:id=\"104\""),
        "proxmox", "px-guest"
      ),
    ] as [(Example, String, String)])
  func `another spelling of it is told`(
    example: Example, target: String, key: String
  ) async throws {
    #expect(try await keys(example, target).contains(key))
  }

  @Test(arguments: [
    ("6.5", true), ("6.7", true), ("7.0u1", true), ("7.0u2", false), ("9.0", false),
  ])
  func `a TPM of a Linux machine needs vCenter 7.0 U2`(release: String, fails: Bool) async throws {
    let example = Example(
      .ova,
      edits: [
        .init(
          old: Self.end,
          new: """
                  <Item>
                    <rasd:ElementName>TPM</rasd:ElementName>
                    <rasd:InstanceID>20</rasd:InstanceID>
                    <rasd:ResourceSubType>vmware.vtpm</rasd:ResourceSubType>
                    <rasd:ResourceType>1</rasd:ResourceType>
                  </Item>
            \(Self.end)
            """)
      ], [])
    #expect(try await keys(example, "vsphere-\(release)").contains("vs-tpm-host") == fails)
    var other = example
    other.edits.append(.init(old: "Section ovf:id=\"94\"", new: "Section ovf:id=\"103\""))
    #expect(
      try await keys(other, "vsphere-\(release)").contains("vs-tpm-host") == (release == "6.5"))
  }

  private static func adapters(_ count: Int) -> String {
    (1...count).map { number in
      """
            <Item>
              <rasd:AutomaticAllocation>true</rasd:AutomaticAllocation>
              <rasd:Connection>VM Network</rasd:Connection>
              <rasd:ElementName>Adapter \(number)</rasd:ElementName>
              <rasd:InstanceID>\(40 + number)</rasd:InstanceID>
              <rasd:ResourceSubType>E1000</rasd:ResourceSubType>
              <rasd:ResourceType>10</rasd:ResourceType>
            </Item>

      """
    }.joined()
  }
}

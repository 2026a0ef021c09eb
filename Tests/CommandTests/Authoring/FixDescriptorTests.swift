import Foundation
import OVATestSupport
import Testing

/// Repairs that edit the descriptor or a disk.
@Suite struct FixDescriptorTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Writes a package and repairs it.
  private func fixed(
    _ package: PackageFiles, _ options: String...
  ) throws -> (result: ToolResult, descriptor: String) {
    try folder.write(package.archive(), to: "in/web.ova")
    let result = try run(
      OVATool.path, ["fix", "--write", "web.ova"] + options + ["in/web.ova"], in: folder.path)
    try run("tar", ["-xf", "web.ova"], in: folder.path)
    return (
      result,
      folder.has("web.ovf") ? String(decoding: try folder.read("web.ovf"), as: UTF8.self) : ""
    )
  }

  private func rules(_ path: String) throws -> [String] {
    try OVATool.run("check", "--format", "json", path, in: folder.path).rules()
  }

  @Test func theChildrenOfItemsArePutInOrderAndNothingElseChanges() throws {
    var package = try PackageFiles()
    let right = String(decoding: package["web.ovf"], as: UTF8.self)
    let lines = right.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    // Every item's children backwards, with a comment between the first two of each.
    var wrong: [String] = []
    var item: [String]?
    for line in lines {
      let text = line.trimmingCharacters(in: .whitespaces)
      if text == "<Item>" || text == "<System>" {
        wrong.append(line)
        item = []
      } else if text == "</Item>" || text == "</System>", let children = item {
        wrong += children.reversed() + [line]
        item = nil
      } else if item != nil {
        item?.append(line)
      } else {
        wrong.append(line)
      }
    }
    package["web.ovf"] = Array(wrong.joined(separator: "\n").utf8)
    #expect(package["web.ovf"] != Array(right.utf8))
    try package.seal(folder)
    let (result, descriptor) = try fixed(package)
    #expect(result.status == 0, "\(result.text)")
    #expect(result.text.contains("fixes        item-child-order"))
    #expect(descriptor == right)
    #expect(try rules("in/web.ova") == ["item-child-order"])
    #expect(try rules("web.ova") == [])
  }

  @Test(arguments: ["\n", "\r\n", " ", ""])
  func childrenMoveWhateverLiesBetweenThem(between: String) throws {
    var package = try PackageFiles()
    let id = "<rasd:InstanceID>20</rasd:InstanceID>"
    let name = "<rasd:ElementName>Network adapter 1</rasd:ElementName>"
    let own = "<vmw:Config ovf:required=\"false\" vmw:key=\"a>b\" vmw:value='/>'/>"
    let text = String(decoding: package["web.ovf"], as: UTF8.self)
    let start = try #require(text.range(of: name))
    let end = try #require(text.range(of: id))
    package["web.ovf"] = Array(
      (text[..<start.lowerBound] + own + between + id + between + "<!-- <rasd:A/> -->" + name
        + text[end.upperBound...]).utf8)
    try package.seal(folder)
    let (result, descriptor) = try fixed(package)
    #expect(result.status == 0, "\(result.text)")
    #expect(
      descriptor.contains(name + between + id + between + "<!-- <rasd:A/> -->"), "\(descriptor)")
    #expect(!(try rules("web.ova")).contains("item-child-order"))
  }

  @Test func theDescriptorsPartsArePutInOrder() throws {
    var package = try PackageFiles()
    let text = String(decoding: package["web.ovf"], as: UTF8.self)
    let start = try #require(text.range(of: "  <NetworkSection>"))
    let end = try #require(text.range(of: "</NetworkSection>\n"))
    let section = String(text[start.lowerBound..<end.upperBound])
    var wrong = text.replacing(section, with: "")
      .replacing("</Envelope>", with: section + "</Envelope>")
    wrong = wrong.replacing("    <Name>web</Name>\n", with: "")
      .replacing("  </VirtualSystem>", with: "    <Name>web</Name>\n  </VirtualSystem>")
    package["web.ovf"] = Array(wrong.utf8)
    try package.seal(folder)
    #expect(try rulesOfArchive(package) == ["envelope-order", "machine-order"])
    let (result, _) = try fixed(package)
    #expect(result.status == 0, "\(result.text)")
    #expect(try rules("web.ova") == [])
  }

  private func rulesOfArchive(_ package: PackageFiles) throws -> [String] {
    try folder.write(package.archive(), to: "before.ova")
    return try rules("before.ova")
  }

  @Test func theNVRAMFileAndAllThatNamesItAreTakenOutWhenAsked() throws {
    var package = try PackageFiles()
    let right = package["web.ovf"]
    package.replace(
      "  </References>",
      "    <File ovf:id=\"nv\" ovf:href=\"web.nvram\" ovf:size=\"4\"/>\n  </References>",
      in: "web.ovf")
    package.replace(
      "    </VirtualHardwareSection>",
      """
            <Item>
              <rasd:ElementName>nvram</rasd:ElementName>
              <rasd:HostResource>/file/nv</rasd:HostResource>
              <rasd:InstanceID>40</rasd:InstanceID>
              <rasd:ResourceSubType>org-virtualbox-nvram</rasd:ResourceSubType>
              <rasd:ResourceType>32768</rasd:ResourceType>
            </Item>
            <vmw:ExtraConfig ovf:required="false" vmw:key="nvram" vmw:value="ovf:/file/nv"/>
          </VirtualHardwareSection>
      """, in: "web.ovf")
    package.files.append(("web.nvram", [1, 2, 3, 4]))
    try package.seal(folder)
    let sum = try run("sha256sum", [try folder.write([1, 2, 3, 4], to: "n")]).text.prefix(64)
    package["web.mf"] += Array("SHA256(web.nvram)= \(sum)\n".utf8)
    let untouched = try fixed(package)
    #expect(untouched.descriptor.contains("nvram"))
    try FileManager.default.removeItem(atPath: folder.path("web.ova"))
    let (result, descriptor) = try fixed(package, "--drop", "nvram")
    #expect(result.status == 0, "\(result.text)\(result.errorText)")
    #expect(Array(descriptor.utf8) == right)
    let names = try run("tar", ["-tf", "web.ova"], in: folder.path).text
    #expect(names == "web.ovf\nweb.mf\nweb-disk1.vmdk\n")
    #expect(try rules("web.ova") == [])
  }

  @Test func theZerosBehindADiskOfQemuAreCutOff() throws {
    var package = try PackageFiles()
    try run(
      "bash", ["-c", "head -c 300000 /dev/urandom > raw && truncate -s 64M raw"],
      in: folder.path)
    let converted = try run(
      "qemu-img",
      [
        "convert", "-O", "vmdk", "-o", "subformat=streamOptimized,adapter_type=lsilogic", "raw",
        "q.vmdk",
      ], in: folder.path)
    try #require(converted.status == 0, "\(converted.errorText)")
    let size = package["web-disk1.vmdk"].count
    package["web-disk1.vmdk"] = try folder.read("q.vmdk")
    let whole = package["web-disk1.vmdk"].count
    package.replace("ovf:size=\"\(size)\"", "ovf:size=\"\(whole)\"", in: "web.ovf")
    try package.seal(folder)
    #expect(try rulesOfArchive(package).contains("disk-digest-ambiguous"))
    let (result, descriptor) = try fixed(package)
    #expect(result.status == 0, "\(result.text)")
    #expect(result.text.contains("fixes        disk-digest-ambiguous"))
    let disk = try folder.read("web-disk1.vmdk")
    #expect(disk.count < whole && package["web-disk1.vmdk"].starts(with: disk))
    #expect(package["web-disk1.vmdk"][disk.count...].allSatisfy { $0 == 0 })
    #expect(descriptor.contains("ovf:size=\"\(disk.count)\""))
    #expect(!(try rules("web.ova")).contains("disk-digest-ambiguous"))
    // A second opinion: the same contents.
    let same = try run("qemu-img", ["compare", "web-disk1.vmdk", "raw"], in: folder.path)
    #expect(same.status == 0, "\(same.text)")
  }

  @Test func aPackageWithoutAManifestGetsOne() throws {
    var package = try PackageFiles()
    let manifest = package["web.mf"]
    package.files.removeAll { $0.name == "web.mf" }
    let (result, _) = try fixed(package)
    #expect(result.status == 0, "\(result.text)")
    #expect(result.text.contains("1. make a manifest"))
    #expect(try folder.read("web.mf") == manifest)
  }

  @Test func whatIsLeftIsListedAndErrorsSetTheExitCode() throws {
    var package = try PackageFiles()
    let size = package["web-disk1.vmdk"].count
    package.replace(
      "ovf:capacity=\"64\" ovf:capacityAllocationUnits=\"byte * 2^20\"",
      "ovf:capacity=\"\(size)\"", in: "web.ovf")
    try package.seal(folder)
    try folder.write(package.archive(), to: "sole.ova")
    let plan = try OVATool.run("fix", "sole.ova", in: folder.path)
    #expect(plan.status == 1)
    #expect(plan.text.contains("nothing that fix can repair; what is left: 1 error"))
    #expect(plan.text.contains("[disk-capacity-is-file-size]"))
    let nothing = try OVATool.run("fix", "sole.ova", "--write", "n.ova", in: folder.path)
    #expect(nothing.status == 1 && !folder.has("n.ova"))
    #expect(nothing.text.contains("not written: there is nothing that fix can repair"))

    // Beside something that can be repaired the package is written, and the error is said.
    package.replace(")= ", ")=  ", in: "web.mf")
    let (result, _) = try fixed(package)
    #expect(result.status == 1)
    #expect(result.text.contains("what the check says of the repaired package:"))
    #expect(result.text.contains("[disk-capacity-is-file-size]"))
    #expect(result.text.contains("fixes        manifest-spacing"))
  }

  @Test func aFindingThatFixMendsSaysSo() throws {
    var package = try PackageFiles()
    package.replace(")= ", ")=  ", in: "web.mf")
    package.replace("VmxNet3", "NoSuchCard", in: "web.ovf")
    let text = String(decoding: package["web.mf"], as: UTF8.self)
    try package.seal(folder)
    package["web.mf"] = Array(
      String(decoding: package["web.mf"], as: UTF8.self).replacing(")= ", with: ")=  ").utf8)
    #expect(text != "")
    try folder.write(package.archive(), to: "web.ova")
    let check = try OVATool.run("check", "--format", "json", "web.ova", in: folder.path)
    let packages = try #require(try check.object()["packages"] as? [[String: Any]])
    let findings = try #require(packages.first?["findings"] as? [[String: Any]])
    for finding in findings {
      #expect(
        finding["fixable"] as? Bool == (finding["rule"] as? String == "manifest-spacing"))
    }
    #expect(findings.contains { $0["fixable"] as? Bool == true })
    let words = try OVATool.run("check", "web.ova", in: folder.path)
    #expect(words.text.components(separatedBy: "fixable   `ova fix` repairs it").count == 2)
  }
}

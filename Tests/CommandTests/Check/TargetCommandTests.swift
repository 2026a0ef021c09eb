import Foundation
import OVATestSupport
import Testing

/// `ova check --target`.
@Suite struct TargetCommandTests {
  @Test func `the matrix and the reasons follow the findings`() throws {
    let sample = OVATool.sample("good/web.ova")
    let result = try OVATool.run(
      "check", "--target", "virtualbox", "--target", "vsphere-8.0u2", sample)
    #expect(result.status == 0, "\(result.text)")
    let lines = result.text.split(separator: "\n", omittingEmptySubsequences: false)
    let start = try #require(lines.firstIndex(of: "  targets"))
    #expect(lines[start + 1].hasPrefix("    virtualbox-7   imports with loss"))
    #expect(lines[start + 2].hasPrefix("    vsphere-8.0u2  "))
    #expect(
      lines[start + 3] == "    virtualbox-7 is the newest release; name another as virtualbox-6")
    #expect(result.text.contains("  virtualbox-7: imports with loss\n"))
    #expect(!result.text.lowercased().contains(" yes"))
  }

  @Test func `a target that fails is an error for the exit code`() throws {
    let sample = OVATool.sample("good/web.ova")
    #expect(try OVATool.run("check", sample).status == 0)
    #expect(try OVATool.run("check", "--target", "kubevirt-cdi", sample).status == 1)
    #expect(
      try OVATool.run("check", "--target", "kubevirt-cdi", "--fail-on", "none", sample).status == 0)
    #expect(
      try OVATool.run("check", "--target", "virtualbox", "--fail-on", "warning", sample).status == 1
    )
    let quiet = try OVATool.run("check", "--quiet", "--target", "kubevirt-cdi", sample)
    #expect(quiet.text.contains("[cdi-ova]"))
    #expect(try OVATool.run("check", "--quiet", "--target", "virtualbox", sample).text == "")
  }

  @Test func `JSON has the targets in their order`() throws {
    let sample = OVATool.sample("good/web.ova")
    let object = try OVATool.run(
      "check", "--format", "json", "--target", "proxmox", "--target", "vsphere", sample
    ).object()
    let package = try #require((object["packages"] as? [[String: Any]])?.first)
    let targets = try #require(package["targets"] as? [[String: Any]])
    #expect(targets.map { $0["target"] as? String } == ["proxmox", "vsphere-9.0"])
    #expect(targets.map { $0["newest_by_default"] as? Bool } == [false, true])
    let none = try onlyPackage(OVATool.run("check", "--format", "json", sample))
    #expect((none["targets"] as? [Any])?.isEmpty == true)
  }

  /// The only package of a JSON document.
  private func onlyPackage(_ result: ToolResult) throws -> [String: Any] {
    try #require((result.object()["packages"] as? [[String: Any]])?.first)
  }

  @Test func `HTML and Markdown have the matrix with what each target reads`() throws {
    let sample = OVATool.sample("good/sizes.ova")
    let html = try OVATool.run(
      "check", "--format", "html", "--target", "proxmox", "--target", "vsphere-8.0u2", sample
    ).text
    #expect(html.contains("<th scope=\"row\">proxmox</th>"))
    #expect(html.contains(">imports with loss</td>"))
    #expect(html.contains(">nothing known against it</td>"))
    #expect(html.contains("<code class=\"rule\">px-options-hardware</code>"))
    #expect(html.contains("<code>128 CPUs</code>"))
    let markdown = try OVATool.run(
      "check", "--format", "markdown", "--target", "proxmox", sample
    ).text
    #expect(
      markdown.contains("| proxmox | imports with loss | loss: several processor or memory Items"))
  }

  @Test func `a reason that other things decide says which, and leaves the verdict`() throws {
    let sample = OVATool.sample("good/web.ova")
    let text = try OVATool.run("check", "--target", "content-library-8.0u2", sample)
    #expect(text.status == 0)
    #expect(text.text.contains("      depends   on whether the library has a security policy\n"))
    #expect(text.text.contains("content-library-8.0u2  nothing known against it  3 reasons"))
  }

  @Test func `all judges for every product`() throws {
    let object = try onlyPackage(
      OVATool.run("check", "--format", "json", "--target", "all", OVATool.sample("good/web.ova")))
    let targets = try #require(object["targets"] as? [[String: Any]])
    #expect(targets.count > 20)
    #expect(Set(targets.compactMap { $0["product"] as? String }).count == targets.count)
  }

  @Test(arguments: [
    ("vspere", "did you mean 'vsphere'"), ("virtualbox-9", "these releases are known: 6, 7"),
    ("proxmox-8", "no releases are told apart; use 'proxmox'"), ("", "there are vsphere,"),
  ])
  func `a wrong name is refused with what was perhaps meant`(name: String, words: String) throws {
    let result = try OVATool.run("check", "--target", name, OVATool.sample("good/web.ova"))
    #expect(result.status == 2)
    #expect(result.errorText.contains(words), "\(result.errorText)")
  }

  @Test func `of what is no package nothing is said for targets`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("no archive", to: "x.ova")
    let result = try OVATool.run("check", "--target", "vsphere", "--format", "json", path)
    #expect(result.status == 1)
    #expect((try onlyPackage(result)["targets"] as? [Any])?.isEmpty == true)
  }
}

import Foundation
import OVAPackage
import OVARules
import OVATestSupport
import Testing

/// Tests that findings do not depend on how a descriptor is written.
@Suite struct WaysOfWritingTests {
  /// Another way to write the same; nil where it cannot be written so.
  private static let ways: [@Sendable (String) -> String?] = [
    { $0.replacing(/\r?\n|\r/, with: " ") },
    { $0.replacing(/\r?\n/, with: "\r\n") },
    { text in
      if text.contains("<!--") || text.contains("<![CDATA[") { return nil }
      return text.replacing(/>(\s*\n)/) { "><!-- <Item> --><?p <Item> ?>\($0.1)" }
    },
    { text in
      if text.contains("<!--") || text.contains("<![CDATA[") { return nil }
      return text.replacing(/>([^<>&\]]*[^\s<>&\]][^<>&\]]*)</) { "><![CDATA[\($0.1)]]><" }
    },
  ]

  /// The findings in a descriptor, without lines and columns; nil when it cannot be read.
  private func said(of text: String) throws -> [String]? {
    let folder = try TemporaryFolder()
    guard let package = try? Package.open(try folder.write(text, to: "x.ovf")) else { return nil }
    return Rule.findings(of: Rule.all, in: CheckedPackage(package: package, evidence: .none))
      .map { finding in
        let message = finding.message.replacing(
          /lines? \d[\d:, ]*(and others)?(column \d+)?/, with: "")
        let facts = [finding.expected, finding.found].map { $0 ?? "" }
        return "\(finding.severity) \(finding.rule) \(message) \(facts.joined(separator: " "))"
      }.sorted()
  }

  @Test(.enabled(if: RealDescriptors.arePresent, "the real descriptors are not here"))
  func ofRealDescriptors() throws {
    var compared = 0
    let descriptors = RealDescriptors.all()
    for descriptor in descriptors {
      guard let text = try? String(contentsOf: descriptor, encoding: .utf8) else { continue }
      let before = try said(of: text)
      for written in Self.ways.compactMap({ $0(text) }) {
        let after = try said(of: written)
        let name = RealDescriptors.name(of: descriptor)
        #expect(after == before, "\(name) as \(written.prefix(200))")
        compared += 1
      }
    }
    #expect(compared > 3 * descriptors.count)
  }

  @Test func machinesOfOneLineAreToldApart() throws {
    let machines = ["one", "two", "three"].map {
      """
      <VirtualSystem ovf:id="\($0)"><Info>i</Info><VirtualHardwareSection><Info>i</Info>\
      </VirtualHardwareSection></VirtualSystem>
      """
    }
    let namespace = "http://schemas.dmtf.org/ovf/envelope/1"
    let findings = try #require(
      try said(
        of: """
          <Envelope xmlns="\(namespace)" xmlns:ovf="\(namespace)"><References/>\
          <VirtualSystemCollection ovf:id="all"><Info>i</Info>\(machines.joined())\
          </VirtualSystemCollection></Envelope>
          """))
    #expect(findings.count { $0.contains("processor-missing") } == 3)
    #expect(findings.count { $0.contains("memory-missing") } == 3)
  }
}

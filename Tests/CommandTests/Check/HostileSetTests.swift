import Foundation
import OVATestSupport
import Testing

/// Some of the kinds of `scripts/hostile`, small: no command crashes or takes more memory than a
/// package may. The script itself reads large inputs and counts work.
@Suite struct HostileSetTests {
  static let kinds = [
    "empty-members", "descriptors-of-one-name", "links-as-references",
    "a-pax-sparse-map-without-end",
    "a-size-of-2-to-63", "a-negative-size", "a-prefix-that-leads-out",
    "missing-references-and-members", "references-of-the-same-chunks", "hrefs-of-every-kind",
    "entities-within-entities", "nesting-without-end", "namespaces-level-by-level",
    "elements-of-ten-thousand-attributes", "numbers-of-every-kind", "units-of-every-kind",
    "items-without-end", "a-chain-of-parent-disks", "lines-of-one-name", "a-chain-of-one-name",
    "bombs-without-end", "streams-in-one-file", "a-directory-of-distinct-entries",
    "grain-tables-of-one-grain", "markers-without-end", "qcow2-tables-of-terabytes",
    "folders-that-hold-themselves",
  ]

  @Test(.timeLimit(.minutes(5)))
  func noCommandCrashesOrTakesTooMuchMemory() throws {
    let script = OVATool.project.appendingPathComponent("scripts/hostile").path
    // A debug build takes more memory for itself than the release build that is meant.
    let result = try run(
      "python3", [script, "--quick", "--extra", "40", OVATool.path] + Self.kinds)
    #expect(result.status == 0, "\(result.text) \(result.errorText)")
    #expect(result.text.contains("\(Self.kinds.count) kinds, 0 failures"), "\(result.text)")
  }
}

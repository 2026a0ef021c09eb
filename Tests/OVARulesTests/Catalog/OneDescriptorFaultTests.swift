import OVARules
import OVATestSupport
import Testing

/// A fault of the descriptor gets one finding, not five that follow from it.
@Suite struct OneDescriptorFaultTests {
  /// Faults that come in company, with the rules that rightly speak up too.
  static let companions: [String: Set<String>] = [
    // Version 0.9 is judged by few importers, whatever its number.
    "envelope-version": ["envelope-namespace-unknown"],
    // Nobody can say which disk was meant, and one is left over.
    "host-resource-malformed": ["disk-unused"],
    "host-resource-dangling": ["disk-unused"],
    // The example's StorageItem has its children in the namespace of an Item.
    "item-kind-new": ["item-namespace-foreign"],
    // No machine is left that could use the disk.
    "content-missing": ["disk-unused"],
    // A section of keys announces encryption wherever it stands.
    "section-misplaced": ["part-encrypted"],
    // The type alone is changed, and no longer the one that the Description names.
    "guest-newer-than-family": ["guest-contradiction"],
    "guest-controller-unsupported": ["guest-contradiction"],
  ]

  /// Rules that find something in every package of their kind, whatever else is wrong with it.
  static let always: Set<String> = ["machine-collection"]

  @Test(
    arguments: RuleExample.all(\.triggering).filter {
      [.descriptor, .hardware, .properties].contains($0.rule.group)
    })
  func aFaultOfTheDescriptorIsFoundUnderOneRule(_ example: RuleExample) async throws {
    let others = Set(try await example.findings().map(\.rule))
      // Examples leave out sizes that do not matter to what they show.
      .subtracting([example.rule.id, "file-size-missing"]).subtracting(Self.always).subtracting(
        Self.companions[example.rule.id] ?? [])
    #expect(others == [], sourceLocation: example.location)
  }
}

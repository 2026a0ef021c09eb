import Foundation
import OVAPackage
import OVARules
import OVATestSupport
import Testing

/// Tests that the faults of files and disks that an independent reader found in real descriptors
/// are found.
@Suite struct CorpusReferenceProblemsTests {
  /// The rule that says what the independent reader calls by another name.
  private static let rules = [
    "file-href-unsafe": "href-unsafe", "file-href-not-uri": "href-not-uri",
    "file-href-url": "file-remote", "file-missing-id": "file-missing-id",
    "file-duplicate-id": "file-duplicate-id", "file-duplicate-href": "file-duplicate-href",
    "file-bad-size": "file-bad-size", "file-unreferenced": "file-unreferenced",
    "disk-unused": "disk-unused", "disk-used-twice": "disk-used-twice",
    "disk-bad-capacity": "disk-bad-capacity",
    "disk-bad-populatedsize": "disk-bad-populatedsize",
    "disk-missing-format": "disk-missing-format",
    "disk-duplicate-fileref": "disk-duplicate-fileref",
    "disk-dangling-fileref": "disk-dangling-fileref",
    "disk-unresolved-capacity": "disk-unresolved-capacity",
    "disk-missing-capacity": "disk-missing-capacity", "disk-duplicate-id": "disk-duplicate-id",
    "disk-missing-id": "disk-missing-id",
    "disk-populated-exceeds-capacity": "disk-populated-exceeds-capacity",
  ]

  private struct Oracle: Decodable {
    struct Problem: Decodable {
      let code: String
      let `where`: String
      let detail: String
    }
    let problems: [Problem]?
  }

  /// The problems that the reader reported and no finding does, with the reason.
  private static let otherwise = [
    // Where the disk is used, its capacity has a value.
    "disk-unresolved-capacity multiple_disks.ovf": 1, "disk-unresolved-capacity uber.ovf": 1,
    // Each device gets a blank disk of its own.
    "disk-used-twice extra-config-complete-vapp.ovf": 1, "disk-used-twice vcsa65.ovf": 2,
    // Another disk has it as its parent.
    "disk-unused parentDisk.ovf": 1, "disk-unused SugarCRM.ovf": 2,
    // The disk has no id to be used by, which is said.
    "disk-unused no_diskid.ovf": 1,
    // Nor has the file, or its id is another's; both are said.
    "file-unreferenced invalid_ref_id.ovf": 1, "file-unreferenced invalid_ref_dup_id.ovf": 1,
  ]

  /// Errors that the reader did not see: the same unsafe path, in files that it reads no further.
  private static let alsoErrors = [
    "href-unsafe section_compatibility_rec.ovf", "href-unsafe prop_dup_keys.ovf",
    "href-unsafe item_msgid_elename.ovf",
    // ovftool refuses it for that.
    "disk-order not_in_order_disks.ovf",
    // Version 0.9 demands the size; VMware's products refuse both.
    "file-size-missing not_in_order_disks.ovf", "file-size-missing invalid_ref_size_null.ovf",
  ]

  /// The number of problems that a finding covers: unused disks are gathered.
  private static func disks(of finding: Finding) -> Int {
    finding.message.firstMatch(of: /the (\d+) disks/).flatMap { Int($0.output.1) } ?? 1
  }

  @Test(.enabled(if: RealDescriptors.arePresent, "the real descriptors are not here"))
  func whatAnIndependentReaderSawOfFilesAndDisksIsFound() async throws {
    let facts = RealDescriptors.facts()
    var compared = 0
    for file in facts {
      let oracle = try JSONDecoder().decode(Oracle.self, from: Data(contentsOf: file))
      let wanted = (oracle.problems ?? []).compactMap { Self.rules[$0.code] }
      let descriptor = RealDescriptors.descriptor(of: file)
      let name = RealDescriptors.name(of: descriptor)
      let bytes = try Data(contentsOf: descriptor)
      // Alone in a folder, so that templates with other endings are descriptors too.
      let folder = try TemporaryFolder()
      guard let package = try? Package.open(try folder.write(Array(bytes), to: "x.ovf")) else {
        #expect(wanted.isEmpty, "\(name) cannot be opened")
        continue
      }
      let mine = Rule.all.filter { $0.group == .references || $0.group == .disks }
      let found = Rule.findings(of: mine, in: await package.checked())
      let file = descriptor.lastPathComponent
      for rule in Set(wanted) {
        let count = wanted.count { $0 == rule } - (Self.otherwise["\(rule) \(file)"] ?? 0)
        let told = found.filter { $0.rule == rule }.reduce(0) { $0 + Self.disks(of: $1) }
        #expect(told >= count, "\(rule) in \(name)")
        compared += count
      }
      let errors = found.filter { $0.severity == .error && $0.rule != "file-missing" }
      for finding in errors where !wanted.contains(finding.rule) {
        #expect(
          Self.alsoErrors.contains("\(finding.rule) \(file)"), "\(finding.message) in \(name)")
      }
    }
    #expect(compared > 200)
  }
}

import Foundation
import OVAPackage
import OVARules
import OVATestSupport
import Testing

/// VMware's own descriptors for its parser: those in folders `Neg` it refuses, those in `Pos` it
/// takes. Their disks are not here, and lie above their folders: `file-missing` and `href-unsafe`
/// say nothing about them.
@Suite(.enabled(if: RealDescriptors.arePresent, "the real descriptors are not here"))
struct VendorFixtureTests {
  private static let notJudged: Set<String> = ["file-missing", "href-unsafe"]

  /// Negative descriptors with nothing wrong in themselves, and the reason.
  private static let soundInThemselves = [
    "Options/Neg/nvm001.ovf": "what is refused are options on the command line",
    "VirtualHardware/Neg/empty_system.ovf":
      "differs from Pos/empty_system.ovf only in a prefix and in sizes, which only the disk judges",
  ]

  /// Positive descriptors with an error, and the reason.
  private static let faulty = [
    "VirtualHardware_1_0/Pos/item_msgid_elename.ovf":
      "uses a prefix that it does not declare, which XML parsers with namespaces refuse"
  ]

  private static func fixtures(_ folder: String) -> [URL] {
    RealDescriptors.all().filter { $0.pathComponents.contains(folder) }
  }

  private static func errors(in descriptor: URL) throws -> [String] {
    let package = try Package.open(descriptor.path)
    let rules = Rule.all.filter { !notJudged.contains($0.id) }
    return Rule.findings(of: rules, in: CheckedPackage(package: package, evidence: .none))
      .filter { $0.severity == .error }.map { "\($0.rule): \($0.message)" }
  }

  private static func reason(_ reasons: [String: String], _ descriptor: URL) -> String? {
    reasons.first { descriptor.path.hasSuffix($0.key) }?.value
  }

  @Test func `every descriptor that VMware refuses has an error`() throws {
    let fixtures = Self.fixtures("Neg")
    #expect(fixtures.count > 30)
    for fixture in fixtures where Self.reason(Self.soundInThemselves, fixture) == nil {
      #expect(try !Self.errors(in: fixture).isEmpty, "\(RealDescriptors.name(of: fixture))")
    }
  }

  @Test func `no descriptor that VMware takes has an error`() throws {
    let fixtures = Self.fixtures("Pos")
    #expect(fixtures.count > 50)
    for fixture in fixtures where Self.reason(Self.faulty, fixture) == nil {
      #expect(try Self.errors(in: fixture) == [], "\(RealDescriptors.name(of: fixture))")
    }
  }

  @Test func `the named exceptions are exceptions still`() throws {
    for fixture in Self.fixtures("Neg") where Self.reason(Self.soundInThemselves, fixture) != nil {
      #expect(try Self.errors(in: fixture) == [], "\(RealDescriptors.name(of: fixture))")
    }
    for fixture in Self.fixtures("Pos") where Self.reason(Self.faulty, fixture) != nil {
      #expect(try !Self.errors(in: fixture).isEmpty, "\(RealDescriptors.name(of: fixture))")
    }
  }
}

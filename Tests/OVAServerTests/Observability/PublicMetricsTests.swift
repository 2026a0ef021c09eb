import Foundation
import HTTPTypes
import OVACatalog
import OVAConfiguration
import OVAJobs
import OVAServer
import OVATestSupport
import Testing

/// Tests of what `/metrics` reports of the catalog to anybody.
@Suite struct PublicMetricsTests {
  private func lines(_ fixture: Fixture, _ prefix: String) async -> [String] {
    await fixture.send(.get, "/metrics", token: "").text.split(separator: "\n")
      .filter { $0.hasPrefix(prefix) }.map(String.init).sorted()
  }

  @Test func onlyPublicPackagesAreCounted() async throws {
    let fixture = try Fixture(records: [])
    let empty = await lines(fixture, "ova_catalogue_images")
    #expect(empty == ["ova_catalogue_images 0"])
    #expect(await lines(fixture, "ova_last_scan").isEmpty)
    try fixture.folder.write("no archive", to: "isos/bad.ova")
    try fixture.folder.write(SyncTests.descriptor, to: "isos/good.ovf")
    let mapping = try RepositoryMapping(
      dataStore: "vss-ISOs", root: fixture.folder.path("isos"), isPublic: true)
    _ = try CatalogScan().scan(
      Repository(mapping: mapping), into: fixture.store, resuming: nil
    ) { false }
    let packages = await lines(fixture, "ova_packages{")
    #expect(packages.contains(#"ova_packages{state="whole"} 1"#))
    #expect(packages.contains(#"ova_packages{state="broken"} 1"#))
    #expect(packages.contains(#"ova_packages{state="waiting"} 0"#))
    let findings = await lines(fixture, "ova_findings{")
    #expect(findings.count == 3)

    // What a user uploads changes none of these numbers.
    for number in 0..<5 {
      try fixture.folder.write("no archive", to: "xfers/josem/images/\(number).ova")
      try fixture.folder.write(SyncTests.descriptor, to: "xfers/josem/images/\(number).ovf")
    }
    _ = await fixture.send(.patch, "/v2/user/image/vm")
    #expect(await lines(fixture, "ova_syncs_waiting") == ["ova_syncs_waiting 1"])
    await fixture.server.services.worker.takeUpAll()
    #expect(await lines(fixture, "ova_packages{") == packages)
    #expect(await lines(fixture, "ova_findings{") == findings)
    #expect(await lines(fixture, "ova_catalogue_images") == ["ova_catalogue_images 2"])
    #expect(await lines(fixture, "ova_packages_waiting_for_digests").count == 1)
    #expect(await lines(fixture, "ova_syncs_waiting") == ["ova_syncs_waiting 0"])
    #expect(
      await lines(fixture, "ova_syncs_total{outcome=\"processed\"") == [
        #"ova_syncs_total{outcome="processed"} 1"#
      ])
  }

  @Test func theLastScanHasAnAgeAndALength() async throws {
    let fixture = try Fixture(records: [], clock: Fixture.Clock(now: { 1_700_000_100 }))
    try await fixture.store.write { writer in
      let scan = try writer.startScan(now: 1_700_000_000)
      try writer.finishScan(scan, counts: ScanCounts(), now: 1_700_000_030)
      // One that runs is not the last.
      _ = try writer.startScan(now: 1_700_000_090)
    }
    #expect(
      await lines(fixture, "ova_last_scan") == [
        "ova_last_scan_age_seconds 70", "ova_last_scan_duration_seconds 30",
      ])
  }
}

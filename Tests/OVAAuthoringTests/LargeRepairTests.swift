import OVAAuthoring
import OVAByteSource
import OVAIntegrity
import OVAPackage
import OVATestSupport
import Testing

/// Packages with more files than anybody reads of.
@Suite struct LargeRepairTests {
  /// A plan for an archive of so many files beside the descriptor, each with a name to be cleaned.
  private func plan(files: Int) async throws -> FixPlan {
    var tar = TarBuilder()
    tar.file("web.ovf", Array(#"<Envelope xmlns="http://schemas.dmtf.org/ovf/envelope/1"/>"#.utf8))
    for number in 0..<files { tar.file("./\(number).bin") }
    tar.end()
    let package = try Package.open(MemorySource(tar.bytes, name: "web.ova"))
    return try FixPlan(await RepairCase.judge(package).0)
  }

  @Test func ofMoreThanAThousandFilesAStepTellsTheNumber() async throws {
    let steps = try await plan(files: 1_200).steps
    let names = try #require(steps.first { $0.kind == .cleanNames })
    #expect(names.details.count == 1_001)
    #expect(names.details.first == "'./0.bin' becomes '0.bin'")
    #expect(names.details.last == "and 200 more")
    let few = try await plan(files: 1_000).steps
    #expect(few.first { $0.kind == .cleanNames }?.details.count == 1_000)
    #expect(few.first { $0.kind == .cleanNames }?.details.last == "'./999.bin' becomes '999.bin'")
  }

  @Test func ofMoreThanAThousandSizesAStepTellsTheNumber() async throws {
    let files = (0..<1_200).map { #"<File ovf:id="f\#($0)" ovf:href="\#($0).bin" ovf:size="1"/>"# }
    var tar = TarBuilder()
    tar.file(
      "web.ovf",
      Array(
        (#"<Envelope xmlns="http://schemas.dmtf.org/ovf/envelope/1" "#
          + #"xmlns:ovf="http://schemas.dmtf.org/ovf/envelope/1"><References>"# + files.joined()
          + "</References></Envelope>").utf8))
    for number in 0..<1_200 { tar.file("\(number).bin", [1, 2]) }
    tar.end()
    let package = try Package.open(MemorySource(tar.bytes, name: "web.ova"))
    let plan = try FixPlan(await RepairCase.judge(package).0)
    let sizes = try #require(plan.steps.first { $0.kind == .correctSizes })
    #expect(
      sizes.details
        == (0..<1_000).map { "ovf:size of '\($0).bin': 1 becomes 2" } + ["and 200 more"])
    let descriptor = try #require(plan.members.first?.source)
    let text = String(
      decoding: try descriptor.bytes(at: 0, count: Int(descriptor.size)), as: UTF8.self)
    #expect(text.ranges(of: #"ovf:size="2""#).count == 1_200)
  }

  @Test func aPlanThatLetGoOfItsMembersStillTellsWhatItDid() async throws {
    var plan = try await plan(files: 3)
    let steps = plan.steps
    #expect(plan.members.map(\.name) == ["web.ovf", "web.mf", "0.bin", "1.bin", "2.bin"])
    plan.letGoOfMembers()
    #expect(plan.members.isEmpty && !plan.isBlocked && !plan.isEmpty)
    #expect(plan.steps == steps)
  }
}

import Foundation
import OVATestSupport
import Testing

/// The programs in `Examples`, run on the samples.
@Suite struct ExampleProgramTests {
  private static let samples = Project.folder.appending(path: "samples").path

  @Test func `check-folder prints the findings of each package and fails for broken ones`() throws {
    let broken = try run(Project.program("check-folder"), [Self.samples + "/broken"])
    #expect(broken.status == 1)
    #expect(broken.text.contains("wrong-digest.ova: fails"))
    #expect(broken.text.contains("(manifest-digest-mismatch)\n    fix: "))
    let good = try run(Project.program("check-folder"), [Self.samples + "/good"])
    #expect(good.status == 0)
    #expect(good.text.contains("web.ova: passes"))
  }

  @Test func `hardware-table prints a line for each machine`() throws {
    let path = Self.samples + "/good/sizes.ova"
    let result = try run(Project.program("hardware-table"), [path, "/no/such.ova"])
    #expect(
      result.text == """
        package,machine,guest,vcpus,memory_mib,disks,capacity_bytes
        "\(path)","cache","Debian GNU/Linux 10 (64-bit)","2","4096","1","67108864"

        """)
    #expect(result.errorText.hasPrefix("/no/such.ova: cannot look at it: "))
  }

  @Test func `folder-catalog prints the records that a filter selects`() throws {
    let folder = try TemporaryFolder()
    let arguments = [Self.samples + "/good", folder.path("catalog.db"), "name,eq,web.ova"]
    let result = try run(Project.program("folder-catalog"), arguments)
    #expect(result.status == 0)
    #expect(result.text.split(separator: "\n").count == 1)
    #expect(result.text.contains(#""path":"[example] web.ova""#))
  }
}

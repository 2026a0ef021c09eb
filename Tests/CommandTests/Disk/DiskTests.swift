import Foundation
import OVATestSupport
import Testing

/// `ova disk`, with disks that `qemu-img` makes.
@Suite struct DiskTests {
  private func disk(_ subformat: String, in folder: TemporaryFolder) throws -> String {
    let raw = folder.path("raw.img")
    // A quarter of data that does not compress away, the rest a hole.
    var bytes = [UInt8](repeating: 0, count: 4 << 20)
    var number: UInt32 = 1
    for index in 0..<1 << 20 {
      number = number &* 1_664_525 &+ 1_013_904_223
      bytes[index] = UInt8(number >> 24)
    }
    try folder.write(bytes, to: "raw.img")
    let path = folder.path("disk.vmdk")
    let result = try run(
      "qemu-img", ["convert", "-O", "vmdk", "-o", "subformat=\(subformat)", raw, path])
    #expect(result.status == 0)
    return path
  }

  @Test(arguments: [
    "streamOptimized", "monolithicSparse", "monolithicFlat", "twoGbMaxExtentSparse",
    "twoGbMaxExtentFlat",
  ])
  func tellsWhatADiskIs(subformat: String) throws {
    let folder = try TemporaryFolder()
    let path = try disk(subformat, in: folder)
    let facts = try OVATool.run("disk", "--format", "json", "--deep", path).only("disks")
    #expect(facts["create_type"] as? String == subformat)
    #expect(facts["capacity_bytes"] as? Int == 4 << 20)
    let isFlat = subformat.hasSuffix("Flat")
    #expect(facts["allocated_bytes"] as? Int == (isFlat ? 4 << 20 : 1 << 20))
    #expect((facts["faults"] as? [Any])?.isEmpty == true)
    #expect(facts["adapter_type"] as? String == "ide")
  }

  @Test func namesWhatIsNoDisk() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(Array("<html><body>404</body></html>".utf8), to: "disk.vmdk")
    let result = try OVATool.run("disk", path)
    #expect(result.status == 1)
    #expect(result.text.contains("an HTML page"))
    #expect(try OVATool.run("disk", "/nonexistent.vmdk").status == 3)
  }

  @Test func aDamagedGrainIsSeenByTheDeepCheckAlone() throws {
    let folder = try TemporaryFolder()
    let path = try disk("streamOptimized", in: folder)
    var bytes = Array(try Data(contentsOf: URL(filePath: path)))
    bytes[bytes.count / 2] ^= 1
    try folder.write(bytes, to: "disk.vmdk")
    #expect(try OVATool.run("disk", path).status == 0)
    let result = try OVATool.run("disk", "--deep", path)
    #expect(result.status == 1)
    #expect(result.text.contains("damage the grain of LBA"))
  }

  @Test func drawsTheAllocationInTheTerminalAndAsAPicture() throws {
    let folder = try TemporaryFolder()
    let path = try disk("monolithicSparse", in: folder)
    let result = try OVATool.run("disk", "--map", "--map-svg", folder.path("map.svg"), path)
    #expect(result.status == 0)
    let full = result.text.count { $0 == "█" }
    #expect(full == 128)
    #expect(result.text.count { $0 == "·" } == 3 * 128)
    let picture = try String(contentsOf: URL(filePath: folder.path("map.svg")), encoding: .utf8)
    #expect(picture.contains("1 MiB of 4 MiB allocated"))
    #expect(picture.contains(#"<rect x="0.00" width="256.00""#))
    for place in ["0 B", "1 MiB", "2 MiB", "3 MiB", "4 MiB"] {
      #expect(picture.contains(">\(place)</text>"))
    }
    let parse = "import sys, xml.dom.minidom; xml.dom.minidom.parse(sys.argv[1])"
    #expect(try run("python3", ["-c", parse, folder.path("map.svg")]).status == 0)
  }

  @Test func inspectShowsTheDisksOwnFacts() throws {
    let result = try OVATool.run("inspect", "-v", OVATool.sample("good/web.ova"))
    #expect(result.text.contains("grain size"))
    #expect(result.text.contains("hardware version"))
    let json = try OVATool.run(
      "inspect", "--format", "json", OVATool.sample("good/web.ova")
    ).object()
    let disks = try #require(json["disks"] as? [[String: Any]])
    let content = try #require(disks.first?["content"] as? [String: Any])
    #expect(content["allocated_bytes"] is Int)
    #expect(content["grain_bytes"] as? Int == 65_536)
  }
}

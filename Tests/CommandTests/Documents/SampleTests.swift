import Foundation
import OVATestSupport
import Testing

@Suite struct SampleTests {
  @Test func theSamplesAreMadeAnewByteForByte() throws {
    let folder = try TemporaryFolder()
    let tool = URL(fileURLWithPath: OVATool.path).deletingLastPathComponent()
      .appendingPathComponent("make-samples").path
    #expect(try run(tool, [folder.path]).status == 0)
    let made = try #require(FileManager.default.subpaths(atPath: folder.path))
      .filter { $0.contains(".") }
    #expect(made.count == 10)
    for name in made {
      let kept = try Data(contentsOf: URL(fileURLWithPath: OVATool.sample(name)))
      #expect(try Array(kept) == folder.read(name), "\(name)")
    }
  }
}

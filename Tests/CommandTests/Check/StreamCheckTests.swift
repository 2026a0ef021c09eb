import Foundation
import OVATestSupport
import Testing

@Suite struct StreamCheckTests {
  @Test(arguments: [
    "good/web.ova", "good/shop.ova", "good/sizes.ova", "broken/missing-disk.ova",
    "broken/wrong-digest.ova", "broken/truncated.ova",
  ])
  func aStreamHasTheFindingsOfTheFile(name: String) throws {
    let path = OVATool.sample(name)
    let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
    let streamed = try OVATool.run(
      "check", "--deep", "--format", "json", "--stdin-filename", path, "-", input: bytes)
    let read = try OVATool.run("check", "--deep", "--format", "json", path)
    #expect(streamed.status == read.status)
    #expect(streamed.text == read.text)
  }

  @Test(arguments: ["reversed", "manifest last", "after the end", "cut", "no end", "duplicate"])
  func aStreamThatIsOutOfOrderHasTheFindingsOfTheFile(how: String) throws {
    let folder = try TemporaryFolder()
    var package = try PackageFiles()
    var tail: [UInt8] = []
    switch how {
    case "reversed": package.files.reverse()
    case "manifest last": package.files.append(package.files.remove(at: 1))
    case "after the end": tail = [UInt8](repeating: 7, count: 30_000)
    case "duplicate": package.files.append(("web.ovf", Array("another".utf8)))
    default: break
    }
    var bytes = package.archive() + tail
    if how == "cut" { bytes.removeLast(50_000) }
    if how == "no end" { bytes.removeLast(1024) }
    let path = try folder.write(bytes, to: "web.ova")
    let streamed = try OVATool.run(
      "check", "--format", "json", "--stdin-filename", path, "-", input: bytes)
    let read = try OVATool.run("check", "--format", "json", path)
    #expect(streamed.text == read.text)
    #expect(streamed.status == read.status)
    #expect(read.text.contains("\"state\": \"checked\""))
  }

  @Test func whatIsNoArchiveIsAFindingAndLeavesNoCopy() throws {
    let folder = try TemporaryFolder()
    let html = Array("<!doctype html><html>not found</html>".utf8)
    let result = try OVATool.run("check", "--tee", "copy.ova", "-", in: folder.path, input: html)
    #expect(result.status == 1)
    #expect(result.text.contains("HTML"))
    #expect(try folder.names().isEmpty)
  }

  @Test func theCopyIsExactAlsoBehindTheEnd() throws {
    let folder = try TemporaryFolder()
    let sample = URL(fileURLWithPath: OVATool.sample("good/web.ova"))
    let bytes = Array(try Data(contentsOf: sample)) + [UInt8](repeating: 0, count: 70_001)
    let result = try OVATool.run(
      "check", "--tee", "copy.ova", "-", in: folder.path, input: bytes)
    #expect(result.status == 0, "\(result.text)")
    #expect(try folder.read("copy.ova") == bytes)
    #expect(try folder.names() == ["copy.ova"])
  }

  @Test func aPackageThatFailsTheCheckLeavesNoCopyAndTheOldOneStays() throws {
    let folder = try TemporaryFolder()
    try folder.write("old", to: "copy.ova")
    let sample = URL(fileURLWithPath: OVATool.sample("broken/wrong-digest.ova"))
    let bytes = Array(try Data(contentsOf: sample))
    let result = try OVATool.run(
      "check", "--tee", "copy.ova", "--force", "-", in: folder.path, input: bytes)
    #expect(result.status == 1)
    #expect(result.errorText.contains("not written"))
    #expect(try folder.read("copy.ova") == Array("old".utf8))
    #expect(try folder.names() == ["copy.ova"])
  }

  @Test func aCopyThatCannotBeWrittenDoesNotHideTheFindings() throws {
    guard FileManager.default.fileExists(atPath: "/dev/full") else { return }
    let sample = URL(fileURLWithPath: OVATool.sample("broken/wrong-digest.ova"))
    let bytes = Array(try Data(contentsOf: sample))
    let result = try OVATool.run("check", "--tee", "/nonexistent/copy.ova", "-", input: bytes)
    #expect(result.status == 4)
    #expect(result.errorText.contains("cannot create it"))
  }

  @Test func aKilledCheckLeavesNothingBehind() throws {
    let folder = try TemporaryFolder()
    let sample = URL(fileURLWithPath: OVATool.sample("good/web.ova"))
    let process = Process()
    process.executableURL = URL(fileURLWithPath: OVATool.path)
    process.arguments = ["check", "--tee", folder.path("copy.ova"), "-"]
    let pipe = Pipe()
    process.standardInput = pipe
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    try pipe.fileHandleForWriting.write(contentsOf: Data(contentsOf: sample).prefix(100_000))
    // More than a pipe holds: the copy has begun by then.
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    #expect(try folder.names().isEmpty)
  }

  @Test func standardInputIsReadOnceAndOnlyItIsCopied() throws {
    #expect(try OVATool.run("check", "-", "-").status == 2)
    let sample = OVATool.sample("good/web.ova")
    #expect(try OVATool.run("check", "--tee", "copy.ova", sample).status == 2)
  }
}

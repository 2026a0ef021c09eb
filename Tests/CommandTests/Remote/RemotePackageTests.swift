import Foundation
import OVATestSupport
import Testing

/// Packages that are named by their URLs.
@Suite struct RemotePackageTests {
  /// A server of the samples.
  /// - Parameter knowsRanges: whether it answers requests for a range.
  private static func server(knowsRanges: Bool = true) throws -> WebServer {
    try WebServer { request in
      let path = request.target.split(separator: "?").first.map(String.init) ?? ""
      guard
        let data = try? Data(contentsOf: URL(filePath: OVATool.sample(String(path.dropFirst()))))
      else { return WebServer.Answer(404) }
      let content = ServedContent(Array(data))
      return knowsRanges ? content.answer(request) : content.wholeAnswer()
    }
  }

  private static let samples = URL(filePath: OVATool.sample("")).path

  @Test(
    arguments: [
      ["check"], ["check", "--no-digests"], ["check", "--deep"], ["inspect", "--verbose"], ["spec"],
    ],
    [
      "good/web.ova", "good/database/database.ovf", "broken/truncated.ova",
      "broken/wrong-digest.ova",
    ])
  func `a package is told as it is when it lies in a folder`(
    _ command: [String], _ name: String
  ) throws {
    let server = try Self.server()
    let here = try run(OVATool.path, command + [name], in: Self.samples)
    let there = try run(OVATool.path, command + [server.url(name)])
    #expect(there.status == here.status)
    let text = there.text.replacing(server.url(""), with: "")
    #expect(text == here.text)
    #expect(there.errorText == here.errorText)
  }

  @Test func `an archive of 100 GiB costs few requests when its digests are left out`() throws {
    let size: UInt64 = 100 << 30
    let descriptor = Array(
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <Envelope xmlns="http://schemas.dmtf.org/ovf/envelope/1" \
      xmlns:ovf="http://schemas.dmtf.org/ovf/envelope/1">
        <References><File ovf:id="f" ovf:href="big.img" ovf:size="\(size)"/></References>
        <DiskSection><Info>Disks</Info>
          <Disk ovf:diskId="d" ovf:fileRef="f" ovf:capacity="\(size)" ovf:format="raw"/>
        </DiskSection>
        <VirtualSystem ovf:id="big"><Info>A machine</Info></VirtualSystem>
      </Envelope>
      """.utf8)
    let first =
      Self.header("big.ovf", UInt64(descriptor.count)) + descriptor
      + [UInt8](repeating: 0, count: (512 - descriptor.count % 512) % 512)
      + Self.header("big.img", size)
    let content = ServedContent(
      size: UInt64(first.count) + size + 10_240, parts: [(0, first)])
    let server = try WebServer(content.answer)
    let result = try OVATool.run("check", "--no-digests", server.url("big.ova"))
    #expect(result.status != 3, "\(result.text)\(result.errorText)")
    #expect(result.text.contains("1 package"))
    #expect(server.requests.count <= 5)
    #expect(server.bytes <= 1 << 20)
  }

  /// The header of a member, as GNU tar writes sizes of 8 GiB and more.
  private static func header(_ name: String, _ size: UInt64) -> [UInt8] {
    var block = [UInt8](repeating: 0, count: 512)
    func put(_ text: String, at offset: Int) {
      block.replaceSubrange(offset..<offset + text.utf8.count, with: text.utf8)
    }
    put(name, at: 0)
    put("0000644", at: 100)
    put("0000000", at: 108)
    put("0000000", at: 116)
    if size < 1 << 33 {
      let digits = String(size, radix: 8)
      put(String(repeating: "0", count: 11 - digits.count) + digits, at: 124)
    } else {
      block[124] = 0x80
      for index in 0..<8 {
        block[128 + index] = UInt8(truncatingIfNeeded: size >> (56 - 8 * index))
      }
    }
    put("00000000000", at: 136)
    put("        0", at: 148)
    put("ustar  ", at: 257)
    let sum = String(block.reduce(0) { $0 + Int($1) }, radix: 8)
    put(String(repeating: "0", count: 6 - sum.count) + sum + "\0 ", at: 148)
    return block
  }

  @Test func `a server that does not answer ranges is told of once`() throws {
    let folder = try TemporaryFolder()
    let server = try WebServer { request in
      var content = ServedContent(size: 1 << 20, parts: [])
      if let data = try? Data(contentsOf: URL(filePath: OVATool.sample("good/web.ova"))) {
        content = ServedContent(Array(data) + [UInt8](repeating: 0, count: 300_000))
      }
      return content.wholeAnswer()
    }
    let url = server.url("web.ova")
    let words = "ova: \(url): 127.0.0.1:\(server.port) does not answer requests for a range; "
    let check = try OVATool.run("check", "--fail-on", "error", url)
    #expect(check.status == 0, "\(check.text)")
    #expect(check.errorText == words + "it is read from its start to its end\n")
    let unpacked = try OVATool.run("unpack", url, "-C", folder.path)
    #expect(unpacked.status == 0)
    #expect(unpacked.errorText == words + "it is copied to a temporary file\n")
    #expect(try folder.names() == ["web"])
  }

  @Test func `a package that changes is read once more, and then told`() throws {
    let data = Array(try Data(contentsOf: URL(filePath: OVATool.sample("good/web.ova"))))
    let content = ServedContent(size: 3 << 20, parts: [(0, data)])
    for changes in [1, 100] {
      let server = try WebServer { request in
        var content = content
        content.tag = "\"\(min(request.number, changes))\""
        var free = request.fields
        free["if-match"] = nil
        return content.answer(
          WebServer.Request(
            method: request.method, target: request.target, fields: free, number: request.number))
      }
      let result = try OVATool.run("check", "--deep", "--fail-on", "none", server.url("web.ova"))
      #expect(result.status == (changes == 1 ? 0 : 3), "\(result.text)")
      #expect(
        result.errorText
          == "ova: \(server.url("web.ova")): it changed meanwhile; it is read again\n")
      #expect(result.text.contains("it changed while it was being read") == (changes != 1))
    }
  }

  @Test func `what cannot be fetched is unreadable, and a URL with a password wrong use`() throws {
    let server = try Self.server()
    let missing = try OVATool.run("check", server.url("nope.ova"))
    #expect(missing.status == 3)
    #expect(missing.text.contains("127.0.0.1:\(server.port) answered 404 Not Found"))
    for command in ["check", "inspect", "unpack", "spec", "disk"] {
      let result = try OVATool.run(command, "https://me:hunter2@127.0.0.1/web.ova")
      #expect(result.status == 2)
      #expect(result.errorText.contains("put them into ~/.netrc"))
      #expect(!(result.errorText + result.text).contains("hunter2"))
    }
    let confined = try OVATool.run("check", "--sandbox", server.url("good/web.ova"))
    #expect(confined.status == 2)
    #expect(confined.errorText.contains("--sandbox keeps packages from the network"))
  }

  @Test func `a signature in a URL is in no report`() throws {
    let server = try Self.server()
    let url = server.url("good/web.ova?X-Amz-Signature=hunter2")
    for format in ["text", "json", "sarif", "junit", "gitlab", "github", "html", "markdown"] {
      let result = try OVATool.run("check", "--format", format, url)
      #expect(!(result.text + result.errorText).contains("hunter2"), "\(format)")
    }
    #expect(server.requests.first?.target == "/good/web.ova?X-Amz-Signature=hunter2")
  }

  @Test func `two packages differ as they do in folders, and a disk is what it is`() throws {
    let server = try Self.server()
    let diff = try OVATool.run("diff", server.url("good/web.ova"), server.url("good/shop.ova"))
    let local = try run(OVATool.path, ["diff", "good/web.ova", "good/shop.ova"], in: Self.samples)
    #expect(diff.status == local.status)
    #expect(diff.text == local.text)
    let disk = "good/database/database-disk1.vmdk"
    let there = try OVATool.run("disk", "--deep", server.url(disk))
    let here = try run(OVATool.path, ["disk", "--deep", disk], in: Self.samples)
    #expect(there.text.replacing(server.url(""), with: "") == here.text)
    #expect(there.status == here.status)
  }
}

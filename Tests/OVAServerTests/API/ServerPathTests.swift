import Foundation
import HTTPTypes
import OVACatalog
import OVAConfiguration
import OVAJobs
import OVARules
import OVAServer
import OVATestSupport
import Testing

/// No answer and no letter has a path of the server's file system, whatever is wrong with what
/// lies there.
@Suite struct ServerPathTests {
  /// Files that are no packages, or broken ones.
  private static func broken() throws -> [(name: String, bytes: [UInt8])] {
    var cut = TarBuilder()
    cut.file("vm.ovf", Array(SyncTests.descriptor.utf8))
    cut.file("disk.vmdk", [UInt8](repeating: 7, count: 4096))
    var bare = TarBuilder()
    bare.file("readme.txt", Array("nothing".utf8))
    bare.end()
    var bad = TarBuilder()
    bad.file("vm.ovf", Array("<Envelope".utf8))
    bad.end()
    let text = SyncTests.descriptor
    return [
      ("empty.ova", []), ("empty.ovf", []), ("text.ova", Array("no archive at all".utf8)),
      ("page.ova", Array("<!DOCTYPE html><html><body>404</body></html>".utf8)),
      ("gzip.ova", [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0] + Array(repeating: 1, count: 600)),
      ("cut.ova", Array(cut.bytes.prefix(cut.bytes.count - 2048))),
      ("cut-in-descriptor.ova", Array(cut.bytes.prefix(700))), ("bare.ova", bare.bytes),
      ("bad.ova", bad.bytes), ("bad.ovf", Array("<Envelope xmlns='x'>".utf8)),
      ("zip.ova", Array("PK\u{3}\u{4}".utf8) + Array(repeating: 0, count: 600)),
      ("latin.ovf", Array(text.utf8.dropLast(30)) + [0xE4, 0xFF]),
      (
        "missing.ovf",
        Array(
          text.replacing(
            "<References/>",
            with: """
              <References><File href="a.vmdk" id="a"/><File href="../b.vmdk" id="b"/>\
              <File href="/etc/passwd" id="c"/></References>
              """
          ).utf8)
      ),
      ("odd \u{1F600} name.ovf", Array(text.utf8)), ("\"quoted\" & <b>.ova", []),
      ("back\\slash.ova", []),
    ]
  }

  /// Fills a folder with the packages of every rule's examples, and with what is broken.
  private func fill(_ target: String, of fixture: Fixture) throws {
    let files = FileManager.default
    try files.createDirectory(
      atPath: fixture.folder.path(target), withIntermediateDirectories: true)
    for (name, bytes) in try Self.broken() {
      try fixture.folder.write(bytes, to: "\(target)/\(name)")
    }
    for rule in Rule.all {
      for (number, example) in rule.triggering.enumerated() {
        let folder = try TemporaryFolder()
        _ = try ExamplePackage(example).write(example.form, to: folder)
        try files.moveItem(
          atPath: folder.path, toPath: fixture.folder.path("\(target)/\(rule.id)-\(number)"))
      }
    }
    _ = try run(
      "sh",
      [
        "-ec",
        "ln -s / root; ln -s nowhere.ova broken.ova; ln -s . loop; mkdir folder.ova; "
          + "mkfifo pipe.ova",
      ], in: fixture.folder.path(target))
  }

  @Test func noAnswerAndNoLetterNamesThem() async throws {
    let fixture = try Fixture(records: []) { configuration, folder in
      var mail = MailSettings(from: "ova@example.org")
      mail.sendmail = try folder.write("#!/bin/sh\ncat >> \(folder.path("mail"))\n", to: "sendmail")
      mail.domain = "example.com"
      configuration.mail = mail
      try FileManager.default.setAttributes(
        [.posixPermissions: 0o755], ofItemAtPath: mail.sendmail)
    }
    try fill("xfers/josem/images", of: fixture)
    try fill("isos", of: fixture)
    let everybody = try RepositoryMapping(
      dataStore: "vss-ISOs", root: fixture.folder.path("isos"), isPublic: true)
    for _ in 0..<2 {
      // Twice: what is read for digests is judged by them then.
      _ = try CatalogScan().scan(
        Repository(mapping: everybody), into: fixture.store, resuming: nil
      ) { false }
      _ = await fixture.send(.patch, "/v2/user/image/vm")
      await fixture.server.services.worker.takeUpAll()
    }
    await fixture.server.letters?.sendAll()
    // A folder that is gone, and one that is a file.
    try FileManager.default.moveItem(
      atPath: fixture.folder.path("xfers/josem"), toPath: fixture.folder.path("away"))
    _ = await fixture.send(.patch, "/v2/user/image/vm")
    await fixture.server.services.worker.takeUpAll()
    try fixture.folder.write("a file", to: "xfers/josem/images")
    _ = await fixture.send(.patch, "/v2/user/image/vm")
    await fixture.server.services.worker.takeUpAll()
    await fixture.server.letters?.sendAll()

    let answers = await fixture.allAnswers()
    #expect(answers.count > 1000)
    let letters = String(decoding: try fixture.folder.read("mail"), as: UTF8.self)
    #expect(letters.contains("Subject: Image sync 4 failed"))
    let name = fixture.folder.url.lastPathComponent
    for (target, text) in answers + [("letters", letters)] {
      #expect(!text.contains(name), "\(target): \(Self.place(of: name, in: text))")
      #expect(!text.contains("/tmp/"), "\(target): \(Self.place(of: "/tmp/", in: text))")
    }
  }

  private static func place(of word: String, in text: String) -> String {
    guard let range = text.range(of: word) else { return "" }
    let before = text[..<range.lowerBound].suffix(200)
    return "\(before)\(text[range.lowerBound...].prefix(200))"
  }
}

import Foundation
import OVATestSupport
import Testing

/// Packages of which the machine does not let a file be read, or that change while they are read: no
/// command tells, writes or stores anything as if the file were not there.
@Suite(.enabled(if: FaultLibrary.isThere)) struct UnreadableFileTests {
  private let folder: TemporaryFolder
  private let disk: String

  init() throws {
    folder = try TemporaryFolder()
    try FileManager.default.createDirectory(
      atPath: folder.path("in/web"), withIntermediateDirectories: true)
    _ = try OVATestSupport.run(
      "tar", ["-xf", OVATool.sample("good/web.ova"), "-C", folder.path("in/web")])
    disk = folder.path("in/web/web-disk1.vmdk")
  }

  /// Runs `ova` on a system that does not give a file, or changes it.
  private func run(
    _ arguments: [String], _ fault: String, under file: String
  ) throws -> ToolResult {
    try OVATestSupport.run(
      OVATool.path, arguments, environment: FaultLibrary.environment(fault, under: file))
  }

  /// Commands on the package in a folder, `P`, and what they write, `O`.
  private static let commands = [
    ["inspect", "P"], ["inspect", "--format", "json", "P"], ["diff", "P", "P"], ["fix", "P"],
    ["fix", "P", "--algorithm", "sha512", "--write", "O"], ["pack", "P", "-o", "O"],
    ["manifest", "--algorithm", "sha512", "P"],
  ]

  @Test(arguments: commands, ["pread:1+:EIO", "open:1+:EIO", "stat:1+:EIO", "open:1+:EACCES"])
  func `a disk that cannot be read is told with its path and reason`(
    arguments: [String], fault: String
  ) throws {
    let output = folder.path("new.ova")
    let before = try folder.read("in/web/web.mf")
    let result = try run(
      arguments.map { $0 == "P" ? folder.path("in/web") : $0 == "O" ? output : $0 }, fault,
      under: disk)
    #expect(result.status == 3, "\(result.errorText)")
    #expect(result.errorText.hasPrefix("ova: \(disk)"), "\(result.errorText)")
    let reason = fault.hasSuffix("EIO") ? "Input/output error" : "Permission denied"
    #expect(result.errorText.contains(reason), "\(result.errorText)")
    #expect(!FileManager.default.fileExists(atPath: output))
    #expect(try folder.read("in/web/web.mf") == before)
    #expect(try folder.names("in/web") == ["web-disk1.vmdk", "web.mf", "web.ovf"])
  }

  @Test(
    arguments: [["inspect", "P"], ["check", "P"], ["fix", "P"], ["spec", "P"]],
    ["pread:1+:EIO", "open:1+:EIO"])
  func `texts in a file that cannot be read are not told as missing`(
    arguments: [String], fault: String
  ) throws {
    let bundle = folder.path("in/web/de.msg")
    try """
    <Strings xmlns:ovf="http://schemas.dmtf.org/ovf/envelope/1" ovf:fileRef="texts"/>
    """.write(toFile: bundle, atomically: true, encoding: .utf8)
    let path = folder.path("in/web/web.ovf")
    let text = try String(contentsOfFile: path, encoding: .utf8)
      .replacing("</References>", with: #"<File ovf:id="t" ovf:href="de.msg"/></References>"#)
      .replacing(
        "</Envelope>", with: #"<Strings xml:lang="de-DE" ovf:fileRef="t"/></Envelope>"#)
    #expect(text.contains(#"ovf:fileRef="t""#) && text.contains("de.msg"))
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    let words = arguments.map { $0 == "P" ? path : $0 }
    let plain = try OVATestSupport.run(OVATool.path, words)
    #expect(plain.status != 3, "\(plain.errorText)")
    let result = try run(words, fault, under: bundle)
    #expect(result.status == 3, "\(result.text) \(result.errorText)")
    #expect(
      (result.text + result.errorText).contains("\(bundle)"), "\(result.text) \(result.errorText)")
    #expect((result.text + result.errorText).contains("Input/output error"))
  }

  @Test(
    arguments: ["pread:1+:EIO", "open:1+:EIO", "open:1+:EACCES", "stat:1+:EIO"], [true, false])
  func `an extent that cannot be read is not told as missing`(fault: String, isDeep: Bool) throws {
    let text = folder.path("in/flat.vmdk")
    let extent = folder.path("in/flat-flat.vmdk")
    try Data(count: 1 << 20).write(to: URL(fileURLWithPath: extent))
    try """
    # Disk DescriptorFile
    version=1
    CID=123a
    parentCID=ffffffff
    createType="monolithicFlat"
    RW 2048 FLAT "flat-flat.vmdk" 0
    ddb.adapterType = "lsilogic"

    """.write(toFile: text, atomically: true, encoding: .utf8)
    let words = ["disk", text] + (isDeep ? ["--deep"] : [])
    let plain = try OVATestSupport.run(OVATool.path, words)
    #expect(plain.status == 0, "\(plain.text) \(plain.errorText)")
    let result = try run(words, fault, under: extent)
    // The bytes of a flat extent are not read but for a deep look.
    if fault.hasPrefix("pread"), !isDeep { return #expect(result.status == 0) }
    #expect(result.status == 3, "\(result.text) \(result.errorText)")
    #expect(result.errorText.contains(extent), "\(result.errorText)")
    #expect(
      result.errorText.contains(
        fault.hasSuffix("EIO") ? "Input/output error" : "Permission denied"),
      "\(result.errorText)")
  }

  @Test(arguments: ["pread:1+:EIO", "open:1+:EIO", "stat:3+:EIO"])
  func `a scan stores nothing of a package whose disk cannot be read, and the next one does`(
    fault: String
  ) throws {
    let database = folder.path("catalog.sqlite")
    // The library of faults is not loaded into the processes of the sandbox.
    let arguments = [
      "scan", folder.path("in"), "--data-store", "ds", "--settle", "0", "--no-sandbox",
      "--db", database,
    ]
    let result = try run(arguments, fault, under: disk)
    #expect(result.status == 3, "\(result.errorText)")
    #expect(result.errorText.contains("Input/output error"), "\(result.errorText)")
    let again = try OVATestSupport.run(OVATool.path, arguments)
    #expect(again.status == 0, "\(again.errorText)")
    let export = ["catalog", "export", "--format", "hardware", "--db", database]
    let found = try OVATestSupport.run(OVATool.path, export)
    try FileManager.default.removeItem(atPath: database)
    _ = try OVATestSupport.run(OVATool.path, arguments)
    let undisturbed = try OVATestSupport.run(OVATool.path, export)
    #expect(found.status == 0, "\(found.errorText)")
    #expect(!found.text.contains("Input/output error"))
    #expect(found.text.contains("web-disk1.vmdk") && undisturbed.text.contains("web-disk1.vmdk"))
  }

  @Test(arguments: [["inspect"], ["spec"], ["inspect", "--format", "json"]], [true, false])
  func `nothing is told of a package that changes while it is read`(
    command: [String], isArchive: Bool
  ) throws {
    let path = folder.path(isArchive ? "in/web.ova" : "in/web/web.ovf")
    if isArchive {
      try FileManager.default.copyItem(atPath: OVATool.sample("good/web.ova"), toPath: path)
    }
    let result = try run(command + [path], "pread:2:append", under: path)
    #expect(result.status == 3)
    if command.contains("json") {
      #expect(try (result.object()["packages"] as? [Any])?.isEmpty == true, "\(result.text)")
    } else {
      #expect(result.text.isEmpty, "\(result.text)")
    }
    #expect(result.errorText.contains("\(path)"), "\(result.errorText)")
    #expect(
      result.errorText.contains("it changed while it was being read"), "\(result.errorText)")
  }

  @Test func `a folder that cannot be looked at is not exported as an empty one`() throws {
    let result = try run(
      ["catalog", "export", folder.path("in"), "--data-store", "ds"], "stat:2:EIO",
      under: folder.path("in"))
    #expect(result.status == 3)
    #expect(result.errorText.contains("Input/output error"), "\(result.errorText)")
  }
}

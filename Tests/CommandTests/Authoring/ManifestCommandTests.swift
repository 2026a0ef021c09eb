import Foundation
import OVATestSupport
import Testing

@Suite struct ManifestCommandTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// A sound package in a folder, and the same as an archive.
  private func packages() throws -> (folder: String, archive: String) {
    let package = try PackageFiles()
    return (
      try package.write(to: folder, "web"), try folder.write(package.archive(), to: "web.ova")
    )
  }

  /// A key and its certificate.
  private func makeSigner() throws {
    let made = try run(
      "openssl",
      [
        "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "key.pem", "-out", "cert.pem",
        "-days", "400", "-subj", "/CN=Example",
      ], in: folder.path)
    try #require(made.status == 0, "\(made.errorText)")
  }

  private func check(_ path: String) throws -> [String] {
    try OVATool.run(
      "check", "--format", "json", "--trust", folder.path("cert.pem"), path, in: folder.path
    ).rules()
  }

  /// The manifest that `sha256sum` and the like make.
  private func manifest(_ tool: String, _ name: String, in package: String) throws -> String {
    try ["web.ovf", "web-disk1.vmdk"].map { file in
      let sum = try run(tool, ["\(package)/\(file)"], in: folder.path).text
        .prefix { $0 != " " }
      return "\(name)(\(file))= \(sum)\n"
    }.joined()
  }

  @Test func anEditedDescriptorGetsItsDigest() throws {
    let path = try packages().folder
    let descriptor = String(decoding: try folder.read("web/web.ovf"), as: UTF8.self)
    try folder.write(descriptor.replacing("Web server", with: "Web cache"), to: "web/web.ovf")
    let result = try OVATool.run("manifest", path)
    #expect(result.status == 0, "\(result.errorText)")
    #expect(result.text == "web.mf: written, SHA256 of 2 files\n  changed  web.ovf\n")
    #expect(
      String(decoding: try folder.read("web/web.mf"), as: UTF8.self)
        == (try manifest("sha256sum", "SHA256", in: "web")))
    #expect(try folder.names("web") == ["web-disk1.vmdk", "web.mf", "web.ovf"])
    let again = try OVATool.run("manifest", path)
    #expect(again.text == "web.mf: as it should be, nothing is written\n")
  }

  @Test(arguments: ["sha1", "sha256", "sha384", "sha512"])
  func theAlgorithmCanBeChosen(name: String) throws {
    let path = try packages().folder
    let result = try OVATool.run("manifest", path, "--algorithm", name)
    #expect(result.status == 0, "\(result.errorText)")
    #expect(
      String(decoding: try folder.read("web/web.mf"), as: UTF8.self)
        == (try manifest("\(name)sum", name.uppercased(), in: "web")))
  }

  @Test func anArchiveIsWrittenAnewInItsPlace() throws {
    let path = try packages().archive
    let result = try OVATool.run("manifest", path, "--algorithm", "sha512")
    #expect(result.status == 0, "\(result.errorText)")
    #expect(try folder.names() == ["web", "web.ova"])
    _ = try OVATool.run("unpack", "web.ova", "-C", "out", in: folder.path)
    _ = try run("mkdir", ["out"], in: folder.path)
    _ = try OVATool.run("unpack", "web.ova", "-C", "out", in: folder.path)
    #expect(
      String(decoding: try folder.read("out/web/web.mf"), as: UTF8.self)
        == (try manifest("sha512sum", "SHA512", in: "web")))
    #expect(try folder.read("out/web/web-disk1.vmdk") == folder.read("web/web-disk1.vmdk"))
  }

  @Test(arguments: [true, false])
  func aPackageIsSignedAgain(isArchive: Bool) throws {
    try makeSigner()
    let path = isArchive ? try packages().archive : try packages().folder
    for _ in 0..<2 {
      let result = try OVATool.run(
        "manifest", path, "--sign", "key.pem", "--certificate", "cert.pem", in: folder.path)
      #expect(result.status == 0, "\(result.errorText)")
      #expect(result.text.hasPrefix("web.mf: written, SHA256 of 2 files, signed\n"))
      #expect(try check(path) == [])
    }
    let names = isArchive ? try run("tar", ["-tf", path]).text : ""
    if isArchive { #expect(names == "web.ovf\nweb.mf\nweb.cert\nweb-disk1.vmdk\n") }
  }

  @Test(arguments: [true, false])
  func aSignatureThatFitsIsNotLostForTheFormOfTheManifestAlone(isArchive: Bool) throws {
    try makeSigner()
    let source = try packages().folder
    let text = String(decoding: try folder.read("web/web.mf"), as: UTF8.self)
    try folder.write(text.replacing(")= ", with: ") = "), to: "web/web.mf")
    // The manifest with blanks is signed by hand.
    try run(
      "openssl", ["dgst", "-sha256", "-sign", "key.pem", "-out", "sig", "web/web.mf"],
      in: folder.path)
    let hex = try folder.read("sig").map { String(format: "%02x", $0) }.joined()
    let certificate = Array("SHA256(web.mf)= \(hex)\n".utf8)
    try folder.write(certificate + folder.read("cert.pem"), to: "web/web.cert")
    var path = source
    if isArchive {
      path = folder.path("signed.ova")
      try run(
        "tar",
        ["--format=ustar", "-C", "web", "-cf", "signed.ova"]
          + ["web.ovf", "web.mf", "web.cert", "web-disk1.vmdk"], in: folder.path)
    }
    #expect(try check(path) == ["manifest-spacing"])
    let refused = try OVATool.run("manifest", path)
    #expect(refused.status == 1)
    #expect(refused.errorText.contains("the signature would be lost"))
    #expect(refused.errorText.contains("--sign KEY --certificate CERTIFICATE"))
    #expect(try check(path) == ["manifest-spacing"])
    let result = try OVATool.run("manifest", path, "--unsigned")
    #expect(result.status == 0, "\(result.errorText)")
    #expect(result.errorText.contains("'web.cert' is left out"))
    #expect(try check(path) == [])
  }

  @Test(arguments: [true, false])
  func aDiskThatTheManifestContradictsIsAcceptedOnlyWhenAsked(isArchive: Bool) throws {
    var package = try PackageFiles()
    package.replace("SHA256(web-disk1.vmdk)= ", "SHA256(web-disk1.vmdk)= 00", in: "web.mf")
    let text = String(decoding: package["web.mf"], as: UTF8.self)
    package["web.mf"] = Array((text.dropLast(3) + "\n").utf8)
    let path =
      isArchive
      ? try folder.write(package.archive(), to: "web.ova") : try package.write(to: folder, "web")
    let refused = try OVATool.run("manifest", path)
    #expect(refused.status == 1)
    #expect(refused.errorText.contains("web.mf:2: SHA256(web-disk1.vmdk)= 00"))
    #expect(refused.errorText.contains("--accept-content"))
    let accepted = try OVATool.run("manifest", path, "--accept-content")
    #expect(accepted.status == 0, "\(accepted.errorText)")
    #expect(accepted.text.contains("changed  web-disk1.vmdk"))
    #expect(try OVATool.run("check", path).status == 0)
  }

  @Test func aPackageWithoutAManifestGetsOne() throws {
    let path = try packages().folder
    try FileManager.default.removeItem(atPath: folder.path("web/web.mf"))
    let result = try OVATool.run("manifest", path)
    #expect(result.status == 0)
    #expect(
      result.text
        == "web.mf: written, SHA256 of 2 files\n  added  web.ovf\n  added  web-disk1.vmdk\n")
    #expect(try OVATool.run("check", path).status == 0)
  }

  @Test func whatIsMissingIsNotListed() throws {
    let path = try packages().folder
    try FileManager.default.removeItem(atPath: folder.path("web/web-disk1.vmdk"))
    let before = try folder.read("web/web.mf")
    let result = try OVATool.run("manifest", path)
    #expect(result.status == 1)
    #expect(result.errorText.contains("the file 'web-disk1.vmdk' is not there"))
    #expect(try folder.read("web/web.mf") == before)
  }

  @Test func aFolderThatCannotBeWrittenStaysAsItIs() throws {
    let package = try packages().folder
    let small = folder.path("small")
    try run("mkdir", [small])
    let mount = try run("mount", ["-t", "tmpfs", "-o", "size=1m", "tmpfs", small])
    guard mount.status == 0 else {
      print("SKIPPED aFolderThatCannotBeWrittenStaysAsItIs: no tmpfs: \(mount.errorText)")
      return
    }
    defer { _ = try? run("umount", [small]) }
    try run("cp", ["-r", "\(package)/.", small])
    try run("sed", ["-i", "s/)= /)=  /", "\(small)/web.mf"])
    try run("bash", ["-c", "head -c 2M /dev/zero > '\(small)/filler'"])
    let names = try folder.names("small")
    let before = try folder.read("small/web.mf")
    let full = try run(OVATool.path, ["manifest", small])
    #expect(full.status == 4)
    #expect(full.errorText.contains("No space left"), "\(full.errorText)")
    try run("mount", ["-o", "remount,ro", small])
    let readOnly = try run(OVATool.path, ["manifest", small])
    #expect(readOnly.status == 4)
    #expect(readOnly.errorText.contains("Read-only"), "\(readOnly.errorText)")
    #expect(try folder.read("small/web.mf") == before)
    #expect(try folder.names("small") == names)
  }

  @Test func aKilledProcessLeavesTheOldArchiveOrTheNewOne() throws {
    let sample = try PackageFiles()
    var package = sample
    package.files.append(("notes.iso", [UInt8](repeating: 7, count: 24 << 20)))
    package.replace(
      "</References>", "<File ovf:id=\"notes\" ovf:href=\"notes.iso\"/></References>",
      in: "web.ovf")
    package.files.removeAll { $0.name == "web.mf" }
    let path = try folder.write(package.archive(), to: "out/big.ova")
    let old = try folder.read("out/big.ova")
    let begun = ContinuousClock.now
    let whole = try OVATool.run("manifest", path)
    try #require(whole.status == 0, "\(whole.errorText)")
    let took = ContinuousClock.now - begun
    let new = try folder.read("out/big.ova")
    #expect(new != old)
    var killed = 0
    for part in 1...5 {
      try folder.write(old, to: "out/big.ova")
      let process = Process()
      process.executableURL = URL(fileURLWithPath: OVATool.path)
      process.arguments = ["manifest", path]
      process.standardOutput = FileHandle.nullDevice
      process.standardError = FileHandle.nullDevice
      try process.run()
      usleep(UInt32(took / .microseconds(1)) / 6 * UInt32(part))
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
      killed += process.terminationReason == .uncaughtSignal ? 1 : 0
      let left = try folder.read("out/big.ova")
      #expect(left == old || left == new)
      #expect(try folder.names("out") == ["big.ova"])
    }
    #expect(killed > 0)
  }
}

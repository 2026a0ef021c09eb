import Foundation
import OVATestSupport
import Testing

@Suite struct PackTests {
  @Test func aPackageIsPackedInTheStandardsOrderAndIsSound() throws {
    let folder = try TemporaryFolder()
    let source = OVATool.sample("good/database")
    let result = try OVATool.run("pack", source, "-o", folder.path("database.ova"))
    #expect(result.status == 0, "\(result.errorText)")
    let names = try run("tar", ["-tf", folder.path("database.ova")]).text
    #expect(
      names == "database.ovf\ndatabase.mf\ndatabase-disk1.vmdk\ndatabase-disk2.vmdk\n")
    let check = try OVATool.run("check", "--fail-on", "warning", folder.path("database.ova"))
    #expect(check.status == 0, "\(check.text)")
    let magic = try folder.read("database.ova")[257..<265]
    #expect(Array(magic) == Array("ustar\u{0}00".utf8))
  }

  @Test(arguments: ["sha1", "sha256", "sha384", "sha512"])
  func theManifestHasTheChosenAlgorithm(name: String) throws {
    let folder = try TemporaryFolder()
    _ = try OVATool.run(
      "pack", OVATool.sample("good/database"), "-o", "d.ova", "--algorithm", name, in: folder.path)
    _ = try run("tar", ["-xf", "d.ova"], in: folder.path)
    let disk = folder.path("database-disk1.vmdk")
    let sum = try run("\(name)sum", [disk]).text.split(separator: " ").first ?? ""
    let manifest = String(decoding: try folder.read("database.mf"), as: UTF8.self)
    #expect(manifest.contains("\(name.uppercased())(database-disk1.vmdk)= \(sum)\n"))
  }

  @Test func opensslVerifiesTheSignature() throws {
    let folder = try TemporaryFolder()
    let made = try run(
      "openssl",
      [
        "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "key.pem", "-out", "cert.pem",
        "-days", "400", "-subj", "/CN=Example",
      ], in: folder.path)
    #expect(made.status == 0)
    let result = try OVATool.run(
      "pack", OVATool.sample("good/database"), "-o", "d.ova", "--sign", "key.pem",
      "--certificate", "cert.pem", in: folder.path)
    #expect(result.status == 0, "\(result.errorText)")
    _ = try run("tar", ["-xf", "d.ova"], in: folder.path)
    let text = String(decoding: try folder.read("database.cert"), as: UTF8.self)
    let line = try #require(text.split(separator: "\n").first)
    #expect(line.hasPrefix("SHA256(database.mf)= "))
    let hex = try #require(line.split(separator: " ").last)
    var signature: [UInt8] = []
    var rest = Substring(hex)
    while rest.count > 1, let byte = UInt8(rest.prefix(2), radix: 16) {
      signature.append(byte)
      rest = rest.dropFirst(2)
    }
    try folder.write(signature, to: "signature")
    let key = try run("openssl", ["x509", "-in", "cert.pem", "-pubkey", "-noout"], in: folder.path)
    try folder.write(key.output, to: "public.pem")
    let verified = try run(
      "openssl",
      ["dgst", "-sha256", "-verify", "public.pem", "-signature", "signature", "database.mf"],
      in: folder.path)
    #expect(verified.status == 0, "\(verified.errorText)")
    let names = try run("tar", ["-tf", "d.ova"], in: folder.path).text
    #expect(names.hasPrefix("database.ovf\ndatabase.mf\ndatabase.cert\n"))
  }

  @Test(arguments: [
    ("20200101000000Z", "20200201000000Z", "expired"),
    ("20990101000000Z", "21000101000000Z", "is not yet valid"),
  ])
  func aCertificateThatIsNotValidTodaySignsOnlyWhenAsked(
    start: String, end: String, word: String
  ) throws {
    let folder = try TemporaryFolder()
    try folder.write(
      """
      [ca]
      default_ca = authority
      [authority]
      database = index.txt
      serial = serial
      new_certs_dir = .
      default_md = sha256
      policy = policy
      [policy]
      commonName = supplied

      """, to: "ca.cnf")
    try folder.write("", to: "index.txt")
    try folder.write("1000\n", to: "serial")
    try run(
      "openssl",
      ["req", "-new", "-newkey", "rsa:2048", "-nodes", "-keyout", "key.pem", "-out", "csr.pem"]
        + ["-subj", "/CN=Example"], in: folder.path)
    let made = try run(
      "openssl",
      ["ca", "-batch", "-notext", "-config", "ca.cnf", "-selfsign", "-keyfile", "key.pem"]
        + ["-in", "csr.pem", "-out", "cert.pem", "-startdate", start, "-enddate", end],
      in: folder.path)
    try #require(made.status == 0, "\(made.errorText)")
    let pack = [
      "pack", OVATool.sample("good/database"), "-o", folder.path("d.ova"), "--sign",
      folder.path("key.pem"), "--certificate", folder.path("cert.pem"),
    ]
    let refused = try run(OVATool.path, pack)
    #expect(refused.status == 3)
    #expect(refused.errorText.contains("the certificate of 'CN=Example' \(word)"))
    #expect(refused.errorText.contains("--allow-invalid-dates"))
    #expect(!folder.has("d.ova"))
    let told = try run(OVATool.path, pack + ["--allow-invalid-dates"])
    #expect(told.status == 0, "\(told.errorText)")
    #expect(folder.has("d.ova"))
  }

  @Test func aPackageWithAnErrorIsNotPacked() throws {
    let folder = try TemporaryFolder()
    var package = try PackageFiles()
    package["web-disk1.vmdk"].removeLast(512)
    let source = try package.write(to: folder, "web")
    let result = try OVATool.run("pack", source, "-o", "web.ova", in: folder.path)
    #expect(result.status == 1)
    #expect(result.errorText.contains("[manifest-digest-mismatch]"))
    #expect(try folder.names() == ["web"])
  }

  @Test func whatIsThereIsReplacedOnlyWhenAsked() throws {
    let folder = try TemporaryFolder()
    try folder.write("old", to: "d.ova")
    let source = OVATool.sample("good/database")
    #expect(try OVATool.run("pack", source, "-o", "d.ova", in: folder.path).status == 2)
    #expect(try folder.read("d.ova") == Array("old".utf8))
    #expect(try OVATool.run("pack", source, "-o", "d.ova", "--force", in: folder.path).status == 0)
    #expect(try folder.read("d.ova").count > 1000)
    #expect(try folder.names() == ["d.ova"])
  }

  @Test func unpackAndPackGiveTheSameArchive() throws {
    let folder = try TemporaryFolder()
    _ = try OVATool.run("unpack", OVATool.sample("good/web.ova"), "-C", folder.path)
    let result = try OVATool.run("pack", "web", "-o", "web.ova", in: folder.path)
    #expect(result.status == 0, "\(result.errorText)")
    _ = try OVATool.run("unpack", "web.ova", "-C", "again", in: folder.path)
    try FileManager.default.createDirectory(
      atPath: folder.path("again"), withIntermediateDirectories: true)
    _ = try OVATool.run("unpack", "web.ova", "-C", "again", in: folder.path)
    for name in try folder.names("web") {
      #expect(try folder.read("web/\(name)") == folder.read("again/web/\(name)"), "\(name)")
    }
    #expect(try folder.names("again/web") == ["web-disk1.vmdk", "web.mf", "web.ovf"])
  }

  @Test func aFullDiskLeavesNothing() throws {
    let folder = try TemporaryFolder()
    try folder.write("", to: "small/.keep")
    let mount = try run(
      "mount", ["-t", "tmpfs", "-o", "size=64k", "tmpfs", folder.path("small")])
    guard mount.status == 0 else {
      print("SKIPPED aFullDiskLeavesNothing: no tmpfs: \(mount.errorText)")
      return
    }
    defer { _ = try? run("umount", [folder.path("small")]) }
    for arguments in [
      ["pack", OVATool.sample("good/database"), "-o", folder.path("small/d.ova")],
      ["unpack", OVATool.sample("good/web.ova"), "-C", folder.path("small")],
      [
        "fix", "--algorithm", "sha512", "--write", folder.path("small/f.ova"),
        OVATool.sample("good/web.ova"),
      ],
    ] {
      let result = try run(OVATool.path, arguments)
      #expect(result.status == 4)
      #expect(result.errorText.contains("No space left"), "\(result.errorText)")
      #expect(try folder.names("small") == [])
    }
  }
}

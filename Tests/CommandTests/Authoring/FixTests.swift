import Foundation
import OVATestSupport
import Testing

@Suite struct FixTests {
  /// A fault that `fix` repairs.
  enum Fault: String, CaseIterable, CustomTestStringConvertible {
    case order, appleDouble, dotPrefix, folders, size, manifestForm, manifestEntryMissing
    case manifestExtra, manifestLineEnds, manifestMark, manifestUpperCase, manifestTwice
    case manifestChecksumList, pax, dataAfterEnd, noEnd
    var testDescription: String { rawValue }

    /// The steps that fix it.
    var steps: [String] {
      switch self {
      case .order: ["reorder-members"]
      case .appleDouble: ["drop-apple-double"]
      case .dotPrefix: ["clean-names"]
      case .folders: ["drop-folders"]
      case .size: ["correct-sizes", "rewrite-manifest"]
      case .manifestForm, .manifestEntryMissing, .manifestExtra, .manifestLineEnds, .manifestMark,
        .manifestUpperCase, .manifestTwice, .manifestChecksumList:
        ["rewrite-manifest"]
      case .pax, .dataAfterEnd, .noEnd: ["plain-archive"]
      }
    }

    /// Writes the manifest anew.
    private func change(_ package: inout PackageFiles, _ work: (String) -> String) {
      package["web.mf"] = Array(work(String(decoding: package["web.mf"], as: UTF8.self)).utf8)
    }

    /// The archive that has it.
    func archive(_ folder: TemporaryFolder) throws -> [UInt8] {
      var package = try PackageFiles()
      switch self {
      case .order: package.files.reverse()
      case .appleDouble: package.files.insert(("._web.ovf", [0, 5, 22, 7]), at: 0)
      case .dotPrefix: package.files = package.files.map { ("./" + $0.name, $0.bytes) }
      case .size:
        let count = package["web-disk1.vmdk"].count
        package.replace("ovf:size=\"\(count)\"", "ovf:size='17'", in: "web.ovf")
        try package.seal(folder)
      case .manifestForm: package.replace(")= ", ") = ", in: "web.mf")
      case .manifestEntryMissing:
        let lines = String(decoding: package["web.mf"], as: UTF8.self).split(separator: "\n")
        package["web.mf"] = Array((lines[0] + "\n").utf8)
      case .manifestExtra:
        package["web.mf"] += Array(
          "SHA256(gone.txt)= \(String(repeating: "0", count: 64))\n".utf8)
      case .manifestLineEnds: change(&package) { $0.replacing("\n", with: "\r\n") }
      case .manifestMark: change(&package) { "\u{FEFF}" + $0 }
      case .manifestUpperCase:
        change(&package) { manifest in
          manifest.split(separator: "\n").map { line in
            let parts = line.split(separator: "= ")
            return parts[0] + "= " + parts[1].uppercased() + "\n"
          }.joined()
        }
      case .manifestTwice: change(&package) { $0 + $0 }
      case .manifestChecksumList:
        change(&package) { manifest in
          manifest.split(separator: "\n").map { line in
            let parts = line.split(separator: ")= ")
            return "\(parts[1])  \(parts[0].dropFirst("SHA256(".count))\n"
          }.joined()
        }
      case .dataAfterEnd:
        return package.archive() + [UInt8](repeating: 9, count: 512)
      case .noEnd: return package.archive().dropLast(1024)
      case .folders, .pax: break
      }
      var builder = TarBuilder()
      if self == .folders {
        var header = TarBuilder.Header("extra/")
        header.typeFlag = UInt8(ascii: "5")
        builder.add(header)
      }
      for file in package.files {
        if self == .pax { builder.pax([("mtime", Array("1500000000.5".utf8))]) }
        builder.file(file.name, file.bytes)
      }
      builder.end()
      return builder.bytes
    }
  }

  @Test(arguments: Fault.allCases)
  func aFaultIsRepaired(fault: Fault) throws {
    let folder = try TemporaryFolder()
    let broken = try fault.archive(folder)
    let path = try folder.write(broken, to: "broken/web.ova")
    let plan = try OVATool.run("fix", "--format", "json", path)
    let steps = try #require(try plan.object()["steps"] as? [[String: Any]])
    #expect(steps.compactMap { $0["id"] as? String } == fault.steps)
    #expect(try plan.object()["written"] is NSNull)

    let result = try OVATool.run("fix", "--write", "web.ova", path, in: folder.path)
    #expect(result.status == 0, "\(result.text)\(result.errorText)")
    let check = try OVATool.run("check", "--format", "json", folder.path("web.ova"))
    let sound = try OVATool.run(
      "check", "--format", "json", OVATool.sample("good/web.ova"))
    #expect(try check.rules() == sound.rules())
    #expect(try folder.read("broken/web.ova") == broken)
    #expect(try folder.names("broken") == ["web.ova"])
    let names = try run("tar", ["-tf", "web.ova"], in: folder.path).text
    #expect(names == "web.ovf\nweb.mf\nweb-disk1.vmdk\n")
    let again = try OVATool.run("fix", "--format", "json", folder.path("web.ova"))
    #expect((try again.object()["steps"] as? [Any])?.isEmpty == true)
  }

  @Test func correctingASizeChangesNothingElseInTheDescriptor() throws {
    let folder = try TemporaryFolder()
    var package = try PackageFiles()
    let right = package["web.ovf"]
    let count = package["web-disk1.vmdk"].count
    let odd =
      "<!-- <References><File ovf:size=\"1\"/></References> -->\r\n<References>"
    package.replace("<References>", odd, in: "web.ovf")
    let expected = package["web.ovf"]
    package.replace("ovf:size=\"\(count)\"", "ovf:size=\"0000017\"", in: "web.ovf")
    try package.seal(folder)
    try folder.write(package.archive(), to: "in/web.ova")
    let result = try OVATool.run("fix", "--write", "web.ova", "in/web.ova", in: folder.path)
    #expect(result.status == 0, "\(result.text)\(result.errorText)")
    _ = try OVATool.run("unpack", "web.ova", in: folder.path)
    #expect(try folder.read("web/web.ovf") == expected)
    #expect(expected != right)
  }

  @Test func contentThatTheManifestContradictsIsAcceptedOnlyWhenAsked() throws {
    let folder = try TemporaryFolder()
    let path = OVATool.sample("broken/wrong-digest.ova")
    let plan = try OVATool.run("fix", path)
    #expect(plan.status == 1)
    #expect(plan.text.contains("--accept-content"))
    #expect(plan.text.contains("web.mf:2: SHA256(web-disk1.vmdk)= "), "\(plan.text)")
    #expect(plan.text.contains("the file's SHA256 is another"))
    let refused = try OVATool.run("fix", "--write", "web.ova", path, in: folder.path)
    #expect(refused.status == 1)
    #expect(try folder.names() == [])
    let accepted = try OVATool.run(
      "fix", "--accept-content", "--write", "web.ova", path, in: folder.path)
    #expect(accepted.status == 0, "\(accepted.text)")
    #expect(try OVATool.run("check", "web.ova", in: folder.path).status == 0)
  }

  @Test(arguments: ["broken/missing-disk.ova", "broken/truncated.ova"])
  func whatIsNotThereIsNotInvented(name: String) throws {
    let folder = try TemporaryFolder()
    let result = try OVATool.run(
      "fix", "--accept-content", "--write", "web.ova", OVATool.sample(name), in: folder.path)
    #expect(result.status == 1)
    #expect(result.text.contains("not repaired"))
    #expect(try folder.names() == [])
  }

  @Test func theCertificateGoesWithItsManifestAndThePlanSaysSo() throws {
    let folder = try TemporaryFolder()
    var package = try PackageFiles()
    package.replace(")= ", ") = ", in: "web.mf")
    package.files.insert(("web.cert", Array("SHA256(web.mf)= 00\n".utf8)), at: 2)
    try folder.write(package.archive(), to: "in/web.ova")
    let result = try OVATool.run("fix", "--write", "web.ova", "in/web.ova", in: folder.path)
    #expect(result.text.contains("'web.cert' is left out"))
    #expect(result.text.contains("invalidates  the signature of 'web.cert'"))
    #expect(
      result.text.contains(
        "sign the new package again: ova manifest web.ova --sign KEY --certificate CERTIFICATE"))
    let names = try run("tar", ["-tf", "web.ova"], in: folder.path).text
    #expect(names == "web.ovf\nweb.mf\nweb-disk1.vmdk\n")
  }

  @Test(arguments: ["good/web.ova", "good/shop.ova", "good/sizes.ova"])
  func aSoundPackageNeedsNothingAndIsWrittenAsItIs(name: String) throws {
    let folder = try TemporaryFolder()
    let plan = try OVATool.run("fix", OVATool.sample(name))
    #expect(plan.status == 0, "\(plan.text)")
    #expect(plan.text.contains("nothing to repair"))
    let result = try OVATool.run(
      "fix", "--write", "new.ova", OVATool.sample(name), in: folder.path)
    #expect(result.status == 0, "\(result.text)")
    // A script that asked for the file goes on with it.
    _ = try OVATool.run("unpack", "new.ova", in: folder.path)
    _ = try run("mkdir", ["old"], in: folder.path)
    _ = try run("tar", ["-xf", OVATool.sample(name), "-C", "old"], in: folder.path)
    for file in try folder.names("old") {
      #expect(try folder.read("old/\(file)") == folder.read("new/\(file)"))
    }
  }

  @Test func theAlgorithmCanBeChosen() throws {
    let folder = try TemporaryFolder()
    let result = try OVATool.run(
      "fix", "--algorithm", "sha512", "--write", "web.ova", OVATool.sample("good/web.ova"),
      in: folder.path)
    #expect(result.status == 0)
    _ = try run("tar", ["-xf", "web.ova"], in: folder.path)
    let sum = try run("sha512sum", ["web-disk1.vmdk"], in: folder.path).text.prefix(128)
    let manifest = String(decoding: try folder.read("web.mf"), as: UTF8.self)
    #expect(manifest.contains("SHA512(web-disk1.vmdk)= \(sum)\n"))
  }

  @Test func aDescriptorInAnEncodingOfWideCharactersIsNotEdited() throws {
    let folder = try TemporaryFolder()
    var package = try PackageFiles()
    let count = package["web-disk1.vmdk"].count
    package.replace("ovf:size=\"\(count)\"", "ovf:size=\"17\"", in: "web.ovf")
    package.replace("encoding=\"UTF-8\"", "encoding=\"UTF-16\"", in: "web.ovf")
    let text = String(decoding: package["web.ovf"], as: UTF8.self)
    package["web.ovf"] = [0xFF, 0xFE] + text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    try package.seal(folder)
    try folder.write(package.archive(), to: "web.ova")
    let result = try OVATool.run("fix", "web.ova", in: folder.path)
    #expect(result.status == 1)
    #expect(result.text.contains("encoding that is not edited in place"))
  }
}

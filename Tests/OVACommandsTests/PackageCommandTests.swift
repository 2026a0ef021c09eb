import Foundation
import OVABasics
import OVACommands
import OVATestSupport
import Testing

/// The commands that take packages: a command line in, its status and all that it says out.
@MainActor @Suite struct PackageCommandTests {
  private let fixture: CommandFixture

  init() throws { fixture = try CommandFixture() }

  @Test(arguments: [
    ["inspect"], ["spec"], ["disk"], ["unpack"], ["manifest"], ["fix"],
    ["pack", "--output", "out.ova"],
  ])
  func `a package that is not there is told with its path and a way out`(
    command: [String]
  ) async {
    let path = fixture.path("no.ova")
    let result = await OVACommand.result(of: command + [path])
    #expect(result.status == .unreadable)
    #expect(result.output.isEmpty)
    #expect(result.errorText.hasPrefix("ova: \(path): cannot "), "\(result.errorText)")
    #expect(
      result.errorText.hasSuffix(": No such file or directory\n  fix: check the path\n"),
      "\(result.errorText)")
  }

  @Test func `inspect writes a line of JSON for each package`() async throws {
    let path = try fixture.sample("good/web.ova")
    let one = await fixture.run("inspect", "--format", "ndjson", path)
    let start = "{\"schema\":\"ovakit/inspect/1.2\",\"path\":\"\(path)\",\"form\":\"ova\","
    #expect(one.status == .success && one.errorText.isEmpty)
    #expect(one.text.hasPrefix(start), "\(one.text)")
    let two = await fixture.run("inspect", "--format", "ndjson", path, path)
    #expect(two == .success(one.text + one.text))
  }

  @Test func `inspect tells of the packages that can be read beside one that cannot`() async throws
  {
    let path = try fixture.sample("good/web.ova")
    let alone = await fixture.run("inspect", path)
    let missing = fixture.path("no.ova")
    let both = await fixture.run("inspect", missing, path)
    #expect(
      both
        == CommandResult(
          .unreadable, output: Array(("\n" + alone.text).utf8),
          errorText: """
            ova: \(missing): cannot look at it: No such file or directory
              fix: check the path

            """))
  }

  @Test func `check says that a package is good, and what is wrong with another`() async throws {
    let good = try fixture.sample("good/web.ova")
    let bad = try fixture.sample("broken/missing-disk.ova")
    #expect(
      await fixture.run("check", good) == .success("\(good)  good\n1 package, nothing found\n"))
    #expect(
      await fixture.run("check", good, bad)
        == CommandResult(
          .findings,
          output: Array(
            """
            \(good)  good
            \(bad)  1 error
              error 'web-disk1.vmdk' is referenced and not in the package [file-missing]
                at        \(bad)/web.ovf:8
                expected  web-disk1.vmdk
                fix       Add the file, or take its `File`, the `Disk` that uses it and the Item of \
            that disk out of the descriptor and recreate the manifest (`ova manifest`).
            2 packages, 1 error

            """.utf8)))
  }

  @Test func `the status of check is by the threshold, whatever is found`() async throws {
    let bad = try fixture.sample("broken/missing-disk.ova")
    let told = await fixture.run("check", bad)
    let passed = await fixture.run("check", "--fail-on", "none", bad)
    #expect(told.status == .findings)
    #expect(passed == .success(told.text))
    let sum = "1 package, 1 error\n"
    #expect(told.text.hasSuffix(sum))
    #expect(
      await fixture.run("check", "--quiet", bad)
        == CommandResult(.findings, output: Array(told.output.dropLast(sum.utf8.count))))
  }

  @Test func `check says of a package that is not there that it is unreadable`() async {
    let path = fixture.path("no.ova")
    #expect(
      await fixture.run("check", path)
        == CommandResult(
          .unreadable,
          output: Array(
            """
            \(path)
              unreadable \(path): cannot look at it: No such file or directory
                fix: check the path
            1 package, 1 unreadable

            """.utf8)))
  }

  @Test func `spec makes the values to be filled in`() async throws {
    #expect(
      await fixture.run("spec", try fixture.sample("good/web.ova"))
        == .success(
          """
          PropertyParams:
            # Host name (string)
            "hostname": "web"
            # Password (password)
            "admin_password": ""

          """))
  }

  @Test func `diff tells differences by its status`() async throws {
    let web = try fixture.sample("good/web.ova")
    let shop = try fixture.sample("good/shop.ova")
    #expect(
      await fixture.run("diff", web, web)
        == .success(
          "no differences (files were compared by size, and by the digests of manifests)\n"))
    let result = await fixture.run("diff", web, shop)
    #expect(result.status == .findings && result.errorText.isEmpty)
    #expect(result.text.hasPrefix("~ product name: Web server → Shop front\n"), "\(result.text)")
  }

  @Test func `a package goes through unpack, disk, manifest and pack, and is good at the end`()
    async throws
  {
    let web = try fixture.sample("good/web.ova")
    let folder = fixture.path("web")
    #expect(
      await fixture.run("unpack", web, "--directory", fixture.path(""))
        == .success("\(folder): 3 files, 2 digests verified\n"))
    #expect(
      await fixture.run("unpack", web, "--directory", fixture.path(""))
        == CommandResult(
          .wrongUse,
          errorText: """
            ova: \(folder): cannot write it: there is a folder of that name already
              fix: choose another folder (-C), move it away, or say --force

            """))
    #expect(
      await fixture.run("disk", "\(folder)/web-disk1.vmdk")
        == .success(
          """
          \(folder)/web-disk1.vmdk  streamOptimized
            capacity          64 MiB (67108864 bytes)
            allocated         64 KiB (0.1 %)
            file              133.5 KiB
            grain size        64 KiB
            header            version 3, directory in the footer
            adapter           lsilogic
            hardware version  10
            content id        0badcafe
            nothing wrong at first sight

          """))
    #expect(
      await fixture.run("manifest", "\(folder)/web.ovf")
        == .success("web.mf: as it should be, nothing is written\n"))
    let packed = fixture.path("packed.ova")
    #expect(
      await fixture.run("pack", "\(folder)/web.ovf", "--output", packed)
        == .success("\(packed): 3 files, checked\n"))
    #expect(
      await fixture.run("pack", "\(folder)/web.ovf", "--output", packed)
        == CommandResult(
          .wrongUse,
          errorText: """
            ova: \(packed): cannot write it: there is a file of that name already
              fix: choose another name, or say --force

            """))
    #expect(await fixture.run("fix", packed) == .success("\(packed)\n  nothing to repair\n"))
    #expect(
      await fixture.run("check", "--deep", packed)
        .text.hasPrefix("\(packed)  good\n"))
  }

  @Test func `fix says what it cannot repair`() async throws {
    let path = try fixture.sample("broken/missing-disk.ova")
    let result = await fixture.run("fix", path, "--format", "json")
    #expect(result.status == .findings && result.errorText.isEmpty)
    let object = try JSONSerialization.jsonObject(with: Data(result.output)) as? [String: Any]
    let left = object?["not_repaired"] as? [[String: Any]]
    #expect(left?.map { $0["reason"] as? String } == ["the file 'web-disk1.vmdk' is not there"])
    #expect(left?.map { $0["place"] as? String } == ["\(path)/web.ovf:8"])
    #expect((object?["steps"] as? [Any])?.isEmpty == true)
    #expect(object?["written"] is NSNull)
  }
}

import Foundation
import OVACommands
import OVATestSupport
import Testing

@Suite struct VersionTests {
  @Test func `the version tells the libraries that the process runs with and the machine`() throws {
    let result = try OVATool.run("version")
    #expect(result.status == 0)
    let number = try OVATool.run("--version").text.trimmingCharacters(in: .whitespacesAndNewlines)
    #expect(result.text.hasPrefix("ova \(number)\n"))
    for library in [
      "glibc 2.", "libarchive 3.", "libxml2 2.", "libdeflate 1.", "libseccomp 2.", "SQLite 3.",
      "zlib 1.",
    ] {
      #expect(result.text.contains(library), "\(library)")
    }
    #expect(result.text.contains("kernel      Linux "))
  }

  @Test func `programs get the same as JSON`() throws {
    let object = try OVATool.run("version", "--json").object()
    #expect(object["schema"] as? String == "ovakit/version/1.1")
    let libraries = try #require(object["libraries"] as? [String: String])
    let sqlite = try run("sqlite3", ["--version"]).text.split(separator: " ").first
    #expect(libraries["SQLite"] == sqlite.map(String.init))
    let machine = try #require(object["machine"] as? [String: Any])
    #expect(machine["seccomp"] is Bool)
    #expect((machine["processors"] as? Int ?? 0) > 0)
    // A test build is no release: it does not claim a commit.
    #expect(object["commit"] is NSNull)
  }

  @Test func `limits of the process are told`() throws {
    let result = try run(
      "sh",
      ["-c", "ulimit -n 123 && ulimit -f 8 && exec \"$0\" version --json", OVATool.path])
    let machine = try #require(result.object()["machine"] as? [String: Any])
    #expect(machine["open_files"] as? Int == 123)
    // The shell counts blocks of 512 bytes or of 1024.
    #expect([4096, 8192].contains(machine["file_bytes"] as? Int))
  }

  @Test func `the least memory of the groups around the process is its limit`() throws {
    let folder = try TemporaryFolder()
    let own = try folder.write("9:memory:/old\n0::/system.slice/ova.service\n", to: "cgroup")
    _ = try folder.write("max\n", to: "fs/memory.max")
    _ = try folder.write("1048576\n", to: "fs/system.slice/memory.max")
    _ = try folder.write(
      "8:0 rbps=1048576 wbps=max riops=max wiops=max\n", to: "fs/system.slice/io.max")
    _ = try folder.write("2097152\n", to: "fs/system.slice/ova.service/memory.max")
    let group = ControlGroup(ownGroups: own, root: folder.path("fs"))
    #expect(group.memoryBytes == 1_048_576)
    #expect(group.deviceLimits == ["8:0 rbps=1048576 wbps=max riops=max wiops=max"])
  }

  @Test func `a machine without such groups has no limits by them`() throws {
    let folder = try TemporaryFolder()
    let own = try folder.write("4:memory:/old\n", to: "cgroup")
    for path in [own, folder.path("missing")] {
      let group = ControlGroup(ownGroups: path, root: folder.path("fs"))
      #expect(group.memoryBytes == nil)
      #expect(group.deviceLimits.isEmpty)
    }
  }
}

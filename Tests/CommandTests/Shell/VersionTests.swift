import Foundation
import OVATestSupport
import Testing

@Suite struct VersionTests {
  @Test func `the version tells the libraries that the process runs with and the machine`() throws {
    let result = try OVATool.run("version")
    #expect(result.status == 0)
    let number = try OVATool.run("--version").text.trimmingCharacters(in: .whitespacesAndNewlines)
    #expect(result.text.hasPrefix("ova \(number)\n"))
    for library in [
      "libarchive 3.", "libxml2 2.", "libdeflate 1.", "libseccomp 2.", "SQLite 3.", "zlib 1.",
    ] {
      #expect(result.text.contains(library), "\(library)")
    }
    #expect(result.text.contains("kernel      Linux "))
  }

  @Test func `programs get the same as JSON`() throws {
    let object = try OVATool.run("version", "--json").object()
    #expect(object["schema"] as? String == "ovakit/version/1.0")
    let libraries = try #require(object["libraries"] as? [String: String])
    let sqlite = try run("sqlite3", ["--version"]).text.split(separator: " ").first
    #expect(libraries["SQLite"] == sqlite.map(String.init))
    let machine = try #require(object["machine"] as? [String: Any])
    #expect(machine["seccomp"] is Bool)
    #expect((machine["processors"] as? Int ?? 0) > 0)
    // A test build is no release: it does not claim a commit.
    #expect(object["commit"] is NSNull)
  }
}

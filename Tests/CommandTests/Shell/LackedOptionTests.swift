import OVATestSupport
import Testing

/// Options that a command does not have, and numbers that it cannot follow.
@Suite struct LackedOptionTests {
  @Test(arguments: [
    (
      ["catalog", "diff", "--db", "x", "--filter", "a"],
      "'ova catalog diff' has no option '--filter'; 'ova catalog list' and 'ova catalog export' have it"
    ),
    (["catalog", "diff", "1", "--page=2"], "'ova catalog diff' has no option '--page'"),
    (
      ["token", "list", "--days", "3"],
      "'ova token list' has no option '--days'; 'ova token add' has it"
    ),
    (["token", "--db", "x", "list"], "'ova token' has no option '--db'"),
    (["serve", "--user", "josem"], "'ova serve' has no option '--user'"),
  ])
  func sayWhichCommandLacksThem(arguments: [String], words: String) throws {
    let result = try OVATestSupport.run(OVATool.path, arguments)
    #expect(result.status == 2)
    #expect(result.errorText.hasPrefix("Error: \(words)"))
    #expect(result.text.isEmpty)
  }

  private func catalog() throws -> (folder: TemporaryFolder, database: String) {
    let folder = try TemporaryFolder()
    let database = folder.path("catalog.sqlite")
    _ = try OVATool.run("token", "add", "josem", "--db", database)
    return (folder, database)
  }

  @Test func aScanThatIsNotThereIsSaidToBe() throws {
    let (folder, database) = try catalog()
    let empty = try OVATool.run("catalog", "diff", "3", "--db", database)
    #expect(empty.status == 2)
    #expect(empty.errorText.contains("there is no scan 3: nothing has been scanned"))
    try folder.write("no archive", to: "isos/a.ova")
    _ = try OVATool.run("scan", folder.path("isos"), "--data-store", "ds", "--db", database)
    #expect(try OVATool.run("catalog", "diff", "0", "1", "--db", database).status == 0)
    for scans in [["2"], ["0", "7"], ["99999999999"]] {
      let result = try OVATestSupport.run(
        OVATool.path, ["catalog", "diff"] + scans + ["--db", database])
      #expect(result.status == 2)
      #expect(result.errorText.contains("there is no scan \(scans.last ?? ""): the last one is 1"))
      #expect(result.text.isEmpty)
    }
  }

  @Test(arguments: ["101", "250", "9223372036854775807"])
  func morePerPageThanThereMayBeIsRefused(number: String) throws {
    let (folder, database) = try catalog()
    let result = try OVATool.run("catalog", "list", "--per-page", number, "--db", database)
    #expect(result.status == 2)
    #expect(
      result.errorText.contains(
        "'\(number)' is invalid for '--per-page <n>': it is not a whole number from 1 to 100"))
    #expect(try OVATool.run("catalog", "list", "--per-page", "100", "--db", database).status == 0)
    withExtendedLifetime(folder) {}
  }
}

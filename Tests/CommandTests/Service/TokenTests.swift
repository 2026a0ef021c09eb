import Foundation
import OVATestSupport
import Testing

@Suite struct TokenTests {
  @Test func aTokenIsShownOnceListedWithoutItsTextAndRevoked() throws {
    let folder = try TemporaryFolder()
    let database = folder.path("catalog.sqlite")
    let added = try OVATool.run("token", "add", "josem", "--name", "laptop", "--db", database)
    #expect(added.status == 0)
    let token = added.text.trimmingCharacters(in: .newlines)
    #expect(token.hasPrefix("ova_"))
    #expect(token.utf8.count == 47)
    let listed = try OVATool.run("token", "list", "--db", database)
    #expect(listed.text.contains("josem\tvalid\tfor ever\tnever used\tlaptop"))
    #expect(!listed.text.contains(token))
    #expect(try OVATool.run("token", "revoke", "1", "--db", database).status == 0)
    #expect(try OVATool.run("token", "list", "--db", database).text.contains("revoked"))
    #expect(try OVATool.run("token", "revoke", "1", "--db", database).status == 2)
  }

  @Test func timesAreInTheConfiguredZone() throws {
    let folder = try TemporaryFolder()
    let database = folder.path("catalog.sqlite")
    _ = try OVATool.run("token", "add", "josem", "--days", "1", "--db", database)
    for (zone, abbreviation) in [("UTC", "UTC"), ("Asia/Tokyo", "JST")] {
      let file = try folder.write("database: \(database)\ntime_zone: \(zone)\n", to: "ova.yaml")
      let text = try OVATool.run("token", "list", "--config", file).text
      #expect(text.contains(" \(abbreviation)\tnever used"))
      let json = try OVATool.run("token", "list", "--config", file, "--json").text
      #expect(json.contains(" \(abbreviation)\""))
      let given = try OVATool.run("token", "list", "--config", file, "--time-zone", "UTC").text
      #expect(given.contains(" UTC\tnever used"))
    }
    let wrong = try OVATool.run("token", "list", "--db", database, "--time-zone", "Mars/Olympus")
    #expect(wrong.status == 2)
    #expect(wrong.errorText.contains("Mars/Olympus"))
  }

  @Test(arguments: ["../root", "a/b", "", "-x", "a b"])
  func aUserWhoseNameIsNoPathGetsNoToken(user: String) throws {
    let folder = try TemporaryFolder()
    let result = try OVATool.run("token", "add", "--db", folder.path("c.sqlite"), "--", user)
    #expect(result.status == 2)
    #expect(!FileManager.default.fileExists(atPath: folder.path("c.sqlite")))
  }

  @Test func aConfigurationThatIsWrongIsToldWithItsLine() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("database: x\nserver:\n  prot: 1\n", to: "ova.yaml")
    let result = try OVATool.run("serve", "--config", file)
    #expect(result.status == 2)
    #expect(result.errorText.contains("ova.yaml:3: cannot follow the configuration"))
  }

  @Test func theDatabaseHasToBeNamed() throws {
    #expect(try OVATool.run("serve").status == 2)
    #expect(try OVATool.run("token", "list").status == 2)
  }
}

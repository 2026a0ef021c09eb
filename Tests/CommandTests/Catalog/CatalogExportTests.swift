import Foundation
import OVATestSupport
import Testing

/// A folder of packages at the paths that are wanted, all with the content of a sample.
private func repository(_ paths: [(String, time: Int)]) throws -> TemporaryFolder {
  let folder = try TemporaryFolder()
  let bytes = try Data(contentsOf: URL(fileURLWithPath: OVATool.sample("good/web.ova")))
  for (path, time) in paths {
    try folder.write(bytes, to: path)
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSince1970: Double(time))],
      ofItemAtPath: folder.path(path))
  }
  return folder
}

/// A record as the API's page prints it.
struct Printed: Sendable, CustomTestStringConvertible {
  let id: Int
  let folder: String?
  let name: String
  let updated: String
  let seconds: Int

  var dataStore: String { folder == nil ? "vssUser-xfers" : "vss-ISOs" }
  var testDescription: String { "\(dataStore) \(id)" }
}

@Suite struct CatalogExportTests {
  /// Every record that the API's page prints in full, but for times of creation that differ from
  /// those of the last change: without a database both are the newest time of the files.
  static let printed = [
    Printed(
      id: 24, folder: "VmImages/core-os", name: "coreos_production_vmware_ova.ova",
      updated: "2018-02-09 Fri 11:37:05 EST", seconds: 1_518_194_225),
    Printed(
      id: 25, folder: "VmImages/ubuntu", name: "ubuntu-zesty-server-cloudimg-i386.ova",
      updated: "2018-02-09 Fri 11:37:06 EST", seconds: 1_518_194_226),
    Printed(
      id: 26, folder: "VmImages/ubuntu", name: "ubuntu-xenial-server-cloudimg-amd64.ova",
      updated: "2018-02-09 Fri 11:37:06 EST", seconds: 1_518_194_226),
    Printed(
      id: 27, folder: "VmImages/ubuntu", name: "ubuntu-zesty-server-cloudimg-amd64.ova",
      updated: "2018-02-09 Fri 11:37:06 EST", seconds: 1_518_194_226),
    Printed(
      id: 28, folder: "VmImages/ubuntu", name: "ubuntu-xenial-server-cloudimg-i386.ova",
      updated: "2018-02-09 Fri 11:37:06 EST", seconds: 1_518_194_226),
    Printed(
      id: 2, folder: nil, name: "xenial-server-cloudimg-amd64.ova",
      updated: "2017-11-17 Fri 13:51:41 EST", seconds: 1_510_944_701),
    Printed(
      id: 3, folder: nil, name: "graylog-2.1.2-1.ova",
      updated: "2017-11-17 Fri 13:51:41 EST", seconds: 1_510_944_701),
  ]

  @Test(arguments: printed)
  func aRecordOfTheAPIsPageIsReproducedToTheLetter(_ row: Printed) throws {
    let path = row.folder.map { "\($0)/\(row.name)" } ?? "josem/images/\(row.name)"
    let folder = try repository([(path, time: row.seconds)])
    let kind =
      row.folder == nil
      ? [folder.path("josem/images"), "--label-base", "josem/images", "--personal"]
      : [folder.path("VmImages")]
    let result = try run(
      OVATool.path,
      ["catalog", "export"] + kind + [
        "--root", folder.path, "--data-store", row.dataStore, "--time-zone", "America/Toronto",
        "--first-id", "\(row.id)", "--format", "ndjson",
      ])
    let label = row.folder.map { "\($0)/\(row.name)" } ?? row.name
    #expect(
      result.text
        == #"{"created_on":"\#(row.updated)","data_store":"\#(row.dataStore)","#
        + #""folder":\#(row.folder.map { "\"\($0)\"" } ?? "null"),"id":\#(row.id),"#
        + #""label":"\#(label)","name":"\#(row.name)","path":"[\#(row.dataStore)] \#(path)","#
        + #""public":\#(row.folder != nil),"updated_on":"\#(row.updated)"}"# + "\n")
  }

  @Test func idsCountUpInTheOrderOfPathsWhateverTheFileSystemSays() throws {
    let paths = ["b.ova", "a/z.ova", "a.ova", "a-b/x.ova", "a/b/c.ova"]
    let first = try repository(paths.map { ($0, time: 1_500_000_000) })
    let second = try repository(paths.reversed().map { ($0, time: 1_500_000_000) })
    func export(_ folder: TemporaryFolder) throws -> ToolResult {
      try OVATool.run(
        "catalog", "export", ".", "--data-store", "ds", "--format", "csv", in: folder.path)
    }
    let result = try export(first)
    #expect(try export(second).text == result.text)
    let rows = result.text.split(separator: "\r\n").dropFirst()
      .compactMap { $0.split(separator: ",").first { $0.contains("[ds]") } }
    #expect(
      rows == [
        "[ds] a-b/x.ova", "[ds] a.ova", "[ds] a/b/c.ova", "[ds] a/z.ova", "[ds] b.ova",
      ])
  }

  @Test func aDescriptorWithItsFilesIsOneRecordOfTheNewestTime() throws {
    let folder = try TemporaryFolder()
    for name in ["database.ovf", "database.mf", "database-disk1.vmdk", "database-disk2.vmdk"] {
      let path = try folder.write(
        Data(contentsOf: URL(fileURLWithPath: OVATool.sample("good/database/\(name)"))), to: name)
      let time = name == "database-disk2.vmdk" ? 1_600_000_000.0 : 1_500_000_000
      try FileManager.default.setAttributes(
        [.modificationDate: Date(timeIntervalSince1970: time)], ofItemAtPath: path)
    }
    let records = try #require(
      OVATool.run("catalog", "export", folder.path, "--data-store", "ds").json()
        as? [[String: Any]])
    #expect(records.count == 1)
    #expect(records.first?["name"] as? String == "database.ovf")
    #expect(records.first?["updated_on"] as? String == "2020-09-13 Sun 12:26:40 UTC")
  }

  @Test func whatIsNoPackageHasNoRecordAndIsSaid() throws {
    let folder = try repository([("good.ova", time: 1_500_000_000)])
    try folder.write("not a tar", to: "bad.ova")
    let result = try OVATool.run("catalog", "export", folder.path, "--data-store", "ds")
    #expect(result.status == 1)
    #expect((try result.json() as? [Any])?.count == 1)
    #expect(result.errorText.contains("bad.ova"))
  }

  @Test func theListEnvelopeHasTheAPIsKeys() throws {
    let folder = try repository([("a.ova", time: 1_500_000_000)])
    let object = try OVATool.run(
      "catalog", "export", folder.path, "--data-store", "ds", "--format", "api"
    ).object()
    #expect((object["data"] as? [Any])?.count == 1)
    let meta = try #require(object["meta"] as? [String: Any])
    #expect(meta["count"] as? Int == 1)
    #expect((meta["pages"] as? [String: Any])?["total"] as? Int == 1)
  }

  @Test func aLabelBaseThatIsNotAboveTheFolderIsWrongUse() throws {
    let folder = try repository([("x/a.ova", time: 1_500_000_000)])
    let result = try OVATool.run(
      "catalog", "export", folder.path("x"), "--root", folder.path, "--label-base", "y",
      "--data-store", "ds")
    #expect(result.status == 2)
  }
}

import OVABasics
import OVACatalog
import OVATestSupport
import Testing

@Suite struct DatastorePathTests {
  @Test(arguments: [
    ("[vss-ISOs] VmImages/ubuntu/a.ova", "vss-ISOs", "VmImages/ubuntu/a.ova"),
    ("[ds]a.ova", "ds", "a.ova"), ("[my store]  two spaces.ova", "my store", " two spaces.ova"),
    ("[ds]", "ds", ""), ("[ds] a]b [c].ova", "ds", "a]b [c].ova"),
  ])
  func aDatastorePathIsTakenApart(text: String, dataStore: String, path: String) throws {
    let parsed = try #require(DatastorePath(text))
    #expect(parsed.dataStore == dataStore)
    #expect(parsed.path == path)
  }

  @Test(arguments: ["", "a.ova", "[ds a.ova", "ds] a.ova", "[] a.ova", " [ds] a.ova"])
  func otherTextIsNoDatastorePath(text: String) {
    #expect(DatastorePath(text) == nil)
  }

  @Test func whatIsPrintedIsReadAgain() throws {
    let path = try #require(DatastorePath(dataStore: "ds", path: " x/größe.ova"))
    #expect(DatastorePath(path.description) == path)
    #expect(path.name == "größe.ova")
    #expect(path.folder == " x")
  }

  @Test func namesOfDifferentBytesAreDifferentPaths() {
    #expect(DatastorePath("[ds] caf\u{E9}.ova") != DatastorePath("[ds] cafe\u{301}.ova"))
  }
}

@Suite struct RepositoryMappingTests {
  @Test func aPublicImageIsNamedAsTheAPIShowsIt() throws {
    let mapping = try RepositoryMapping(
      dataStore: "vss-ISOs", root: "/srv/isos", folder: "VmImages/ubuntu", isPublic: true)
    let record = try mapping.record(for: "a.ova", id: 25, createdOn: 1, updatedOn: 2)
    #expect(
      record
        == Record(
          id: 25, name: "a.ova", dataStore: "vss-ISOs", folder: "VmImages/ubuntu",
          label: "VmImages/ubuntu/a.ova", path: "[vss-ISOs] VmImages/ubuntu/a.ova",
          isPublic: true, createdOn: 1, updatedOn: 2))
    #expect(mapping.walkedFolder == "/srv/isos/VmImages/ubuntu")
  }

  @Test func aPersonalImageIsNamedAsTheAPIShowsIt() throws {
    let mapping = try RepositoryMapping(
      dataStore: "vssUser-xfers", root: "/srv/xfers/", folder: "josem/images",
      labelBase: "josem/images/", isPublic: false, owner: "josem")
    let record = try mapping.record(for: "a.ova", id: 2, createdOn: 1, updatedOn: 1)
    #expect(
      record
        == Record(
          id: 2, name: "a.ova", dataStore: "vssUser-xfers", folder: nil, label: "a.ova",
          path: "[vssUser-xfers] josem/images/a.ova", isPublic: false, createdOn: 1, updatedOn: 1))
    #expect(mapping.walkedFolder == "/srv/xfers/josem/images")
  }

  @Test func aFolderBelowThePersonalOneIsTheRecordsFolder() throws {
    let mapping = try RepositoryMapping(
      dataStore: "x", root: "/r", folder: "u/images", labelBase: "u/images", isPublic: false)
    let record = try mapping.record(for: "centos/x.ovf", id: 1, createdOn: 0, updatedOn: 0)
    #expect(record.folder == "centos")
    #expect(record.label == "centos/x.ovf")
    #expect(record.path == "[x] u/images/centos/x.ovf")
    let path = try #require(DatastorePath(record.path))
    #expect(mapping.pathBelowFolder(of: path) == "centos/x.ovf")
  }

  @Test(arguments: [("", "a", "a"), ("d]s", "", ""), ("ds", "../x", ""), ("ds", "ab", "a")])
  func aMappingThatContradictsItselfIsRefused(store: String, folder: String, base: String) {
    let error = #expect(throws: CatalogError.self) {
      try RepositoryMapping(
        dataStore: store, root: "/r", folder: folder, labelBase: base, isPublic: true)
    }
    #expect(error?.code == .invalidMapping)
  }

  @Test(arguments: ["", "../a.ova", "x/../../a.ova"])
  func aPathThatLeavesTheFolderHasNoRecord(path: String) throws {
    let mapping = try RepositoryMapping(dataStore: "ds", root: "/r", isPublic: true)
    #expect(throws: CatalogError.self) {
      try mapping.record(for: path, id: 1, createdOn: 0, updatedOn: 0)
    }
  }
}

@Suite struct FileNameTextTests {
  @Test(arguments: [
    ("größe 東.ova", "größe 東.ova"), ("a\\b", "a\\b"), ("a\\x41", "a\\x5Cx41"),
    ("a\\x4g", "a\\x4g"), ("\\\\x00", "\\\\x5Cx00"),
  ])
  func aNameInUTF8IsShownAsItIsUnlessItLooksEscaped(name: String, text: String) {
    #expect(FileNameText.text(of: Array(name.utf8)) == text)
    #expect(FileNameText.bytes(of: text) == Array(name.utf8))
  }

  @Test func otherBytesAreShownEscaped() {
    #expect(FileNameText.text(of: [0x63, 0x61, 0x66, 0xE9, 0x2E]) == "caf\\xE9.")
    #expect(FileNameText.text(of: [0xE6, 0x9D, 0xB1, 0xE6, 0x9D]) == "東\\xE6\\x9D")
  }

  @Test func anyBytesSurviveTheRoundTrip() {
    var numbers = SeededNumbers(seed: 3)
    for _ in 0..<2000 {
      let bytes = (0..<Int.random(in: 0...12, using: &numbers)).map { _ in
        Bool.random(using: &numbers)
          ? UInt8.random(in: 1...255, using: &numbers)
          : Array("\\x5CE9".utf8).randomElement(using: &numbers) ?? 0x5C
      }
      #expect(FileNameText.bytes(of: FileNameText.text(of: bytes)) == bytes)
    }
  }
}

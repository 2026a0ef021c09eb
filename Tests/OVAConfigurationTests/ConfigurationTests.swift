import OVABasics
import OVACatalog
import OVAConfiguration
import OVATestSupport
import Testing

@Suite struct ConfigurationTests {
  private static let whole = """
    database: data/catalog.sqlite
    time_zone: Europe/Zurich
    repositories:
      - data_store: vss-ISOs
        root: /srv/isos
        folder: VmImages
        exclude: ['*.part']
    personal:
      data_store: vssUser-xfers
      root: /srv/xfers
      folder: "{user}/images"
    server:
      listen: "[::1]:9000"
      base_url: https://images.example.org/api/
      users_file: htpasswd
      token_lifetime: 3600
      log_format: json
      limits: {query_bytes: 4096, idle_seconds: 5}
    mail:
      from: ova@example.org
      domain: example.org
      addresses: {josem: jose@example.com}
    """

  @Test func aWholeFileIsRead() throws {
    let configuration = try Configuration(Self.whole, file: "/etc/ova/ova.yaml")
    #expect(configuration.database == "/etc/ova/data/catalog.sqlite")
    #expect(configuration.timeZone == "Europe/Zurich")
    let repository = try #require(configuration.repositories.first)
    #expect(repository.mapping.walkedFolder == "/srv/isos/VmImages")
    #expect(repository.mapping.isPublic)
    #expect(repository.excludes == ["*.part"])
    let mine = try #require(try configuration.personal?.repository(of: "josem"))
    #expect(mine.mapping.walkedFolder == "/srv/xfers/josem/images")
    #expect(mine.mapping.labelBase == "josem/images")
    #expect(mine.mapping.owner == "josem")
    #expect(configuration.server.host == "::1")
    #expect(configuration.server.port == 9000)
    #expect(configuration.server.baseURL == "https://images.example.org/api")
    #expect(configuration.server.usersFile == "/etc/ova/htpasswd")
    #expect(configuration.server.limits.queryBytes == 4096)
    #expect(configuration.mail?.address(of: "josem") == "jose@example.com")
    #expect(configuration.mail?.address(of: "anna") == "anna@example.org")
  }

  @Test func anEmptyFileMeansTheDefaults() throws {
    #expect(try Configuration("", file: "ova.yaml") == Configuration())
    #expect(try Configuration("# nothing\n", file: "ova.yaml") == Configuration())
  }

  @Test func mailThatIsTurnedOffIsNotSent() throws {
    let configuration = try Configuration("mail: {enabled: false}", file: "ova.yaml")
    #expect(configuration.mail == nil)
  }

  @Test(arguments: [
    ("databse: x", ConfigurationError.Code.unknownKey, 1),
    ("database: x\nserver:\n  port: 80", .unknownKey, 3),
    ("database: x\nserver:\n  listen: here", .invalidValue, 3),
    ("server:\n  base_url: ftp://x", .invalidValue, 2),
    ("server:\n  limits:\n    query_bytes: 1", .invalidValue, 3),
    ("time_zone: Nowhere/Land", .invalidValue, 1),
    ("repositories: x", .invalidValue, 1),
    ("repositories:\n  - root: /srv", .missingKey, 2),
    ("repositories:\n  - data_store: 'a]b'\n    root: /srv", .invalidValue, 2),
    ("personal: {data_store: a, root: /b, folder: images}", .invalidValue, 1),
    ("a: [", .malformed, 1), ("database: x\ndatabase: y", .malformed, 1),
    ("- a", .malformed, 1),
  ])
  func aMistakeIsToldWithItsLine(text: String, code: ConfigurationError.Code, line: Int) {
    let error = #expect(throws: ConfigurationErrors.self) {
      try Configuration(text, file: "ova.yaml")
    }
    #expect(error?.errors.first?.code == code)
    #expect(error?.errors.first?.place.file == "ova.yaml")
    #expect((error?.errors.first?.place.line ?? 0) >= line)
  }

  @Test func aFileThatIsNotThereIsUnreadable() throws {
    let folder = try TemporaryFolder()
    let error = #expect(throws: ConfigurationErrors.self) {
      try Configuration(file: folder.path("ova.yaml"))
    }
    #expect(error?.errors.first?.code == .unreadable)
  }

  @Test(arguments: ["", ".", "..", "../x", "a/b", "-a", "a b", "a]b", "ä", "a\u{0}b"])
  func aUserWhoseNameIsNoPathHasNoRepository(name: String) {
    let personal = PersonalRepositories(dataStore: "d", root: "/srv")
    #expect(throws: CatalogError.self) { try personal.repository(of: name) }
  }

  @Test(arguments: [
    ("127.0.0.1:80", "127.0.0.1", 80), (":8080", "0.0.0.0", 8080), ("[::1]:0", "::1", 0),
  ])
  func addressesToListenOnAreRead(text: String, host: String, port: Int) {
    #expect(ListenAddress(text)?.host == host)
    #expect(ListenAddress(text)?.port == port)
  }

  @Test(arguments: ["", "80", "host", "host:", "host:99999", "a b:80", "http://x:80"])
  func whatIsNoAddressIsRefused(text: String) {
    let address = ListenAddress(text)
    #expect(address == nil || text == "host:")
    #expect(text != "host:" || address == nil)
  }
}

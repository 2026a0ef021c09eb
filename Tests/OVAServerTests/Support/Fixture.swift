import Foundation
import Hummingbird
import Logging
import NIOCore
import NIOEmbedded
import OVACatalog
import OVAConfiguration
import OVAJobs
import OVAServer
import OVATestSupport
import Synchronization
import Testing

/// A server in this process over a catalog of its own.
struct Fixture {
  static let base = "https://vss-api.eis.utoronto.ca"
  let folder: TemporaryFolder
  let store: CatalogStore
  let server: CatalogServer
  /// A token of `josem`.
  let token: String

  /// Makes a server; `adjust` changes its configuration.
  init(
    records: [Record]? = nil, longestReading: Double? = nil,
    scanning: (any RepositoryScanning)? = nil,
    clock: Clock = Clock(),
    logger: Logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
    adjust: (inout Configuration, TemporaryFolder) throws -> Void = { _, _ in }
  ) throws {
    folder = try TemporaryFolder()
    store = try CatalogStore(path: TestDatabase.location(folder.path("catalog.sqlite")))
    let images = try records ?? Self.pageImages()
    try store.write { try $0.importRecords(images) }
    var configuration = Configuration()
    configuration.server.baseURL = Self.base
    try FileManager.default.createDirectory(
      atPath: folder.path("xfers/josem/images"), withIntermediateDirectories: true)
    configuration.personal = PersonalRepositories(
      dataStore: "vssUser-xfers", root: folder.path("xfers"))
    // A file has its key beside it.
    if TestDatabase.isOnServer { configuration.server.keyFile = folder.path("catalog.key") }
    try adjust(&configuration, folder)
    server = try CatalogServer(
      configuration,
      catalog: longestReading == nil
        ? CatalogConnection(store)
        : CatalogConnection(path: store.location, longestReading: longestReading),
      version: "1.2.3", logger: logger, scanning: scanning,
      now: clock.now)
    token = try Self.addToken("josem", to: store)
  }

  /// Tells a server the time.
  struct Clock: Sendable {
    var now: @Sendable () -> Int64 = CatalogServer.systemTime
  }

  /// Makes a token for a user.
  @discardableResult
  static func addToken(
    _ user: String, to store: CatalogStore, expiresOn: Int64? = nil
  ) throws -> String {
    let token = Token.make()
    try store.write { writer in
      _ = try writer.addToken(
        hash: token.hash, owner: user, name: "test", expiresOn: expiresOn, now: 1)
    }
    return token.text
  }

  /// The fourteen images of the API's own page, in its order, and two of a user.
  static func pageImages() throws -> [Record] {
    let named: [Int64: (String, String)] = [
      24: ("VmImages/core-os", "coreos_production_vmware_ova.ova"),
      25: ("VmImages/ubuntu", "ubuntu-zesty-server-cloudimg-i386.ova"),
      26: ("VmImages/ubuntu", "ubuntu-xenial-server-cloudimg-amd64.ova"),
      27: ("VmImages/ubuntu", "ubuntu-zesty-server-cloudimg-amd64.ova"),
      28: ("VmImages/ubuntu", "ubuntu-xenial-server-cloudimg-i386.ova"),
    ]
    let ids: [Int64] = [31, 29, 35, 36, 24, 33, 34, 25, 26, 27, 28, 30, 32, 37]
    var records = try ids.map { id in
      let (folder, name) = named[id] ?? ("VmImages/photon-os", "photon-\(id).ova")
      return try RepositoryMapping(
        dataStore: "vss-ISOs", root: "/", folder: folder, isPublic: true
      ).record(
        for: name, id: id, createdOn: 1_511_555_856,
        updatedOn: id == 24 ? 1_518_194_225 : 1_518_194_226)
    }
    let mine = try RepositoryMapping(
      dataStore: "vssUser-xfers", root: "/", folder: "josem/images", labelBase: "josem/images",
      isPublic: false, owner: "josem")
    records += try [(2, "xenial-server-cloudimg-amd64.ova"), (3, "graylog-2.1.2-1.ova")].map {
      try mine.record(
        for: $0.1, id: $0.0, createdOn: 1_510_944_701, updatedOn: 1_510_944_701)
    }
    return records
  }

  /// Runs a server on a port of its own as long as `body` runs.
  func serving(_ body: @escaping @Sendable (Int) async throws -> Void) async throws {
    let (ports, found) = AsyncStream.makeStream(of: Int.self)
    try await withThrowingTaskGroup(of: Void.self) { group in
      let server = self.server
      group.addTask { try await server.run { found.yield($0) } }
      var iterator = ports.makeAsyncIterator()
      let port = try #require(await iterator.next())
      try await body(port)
      group.cancelAll()
      // A server that is stopped from outside ends with a cancellation.
      while let result = await group.nextResult() { _ = result }
    }
  }

  /// An answer, read whole.
  struct Reply {
    var status: Int
    var headers: HTTPFields
    var text: String

    /// The body as JSON.
    var json: [String: Any] {
      (try? JSONSerialization.jsonObject(with: Data(text.utf8))) as? [String: Any] ?? [:]
    }
    var data: [String: Any] { json["data"] as? [String: Any] ?? [:] }
    var rows: [[String: Any]] { json["data"] as? [[String: Any]] ?? [] }
    var meta: [String: Any] { json["meta"] as? [String: Any] ?? [:] }
    var message: String { json["message"] as? String ?? "" }
    /// The body with the time that the answer took as zero.
    var timeless: String {
      text.replacing(/"time":"\d+\.\d{5}s"/, with: #""time":"0.00000s""#)
    }
  }

  /// Sends a request as `josem`, or with other headers.
  func send(
    _ method: HTTPRequest.Method = .get, _ target: String, token: String? = nil,
    headers: HTTPFields = [:], body: String = ""
  ) async -> Reply {
    var headers = headers
    if headers[.authorization] == nil, token != "" {
      headers[.authorization] = "Bearer \(token ?? self.token)"
    }
    headers[.contentType] = "application/json"
    let head = HTTPRequest(
      method: method, scheme: "http", authority: "evil.example", path: target,
      headerFields: headers)
    let request = Request(head: head, body: RequestBody(buffer: ByteBuffer(string: body)))
    let context = ConnectionContext(
      source: ApplicationRequestContextSource(
        channel: EmbeddedChannel(),
        logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }))
    guard let response = try? await server.responder.respond(to: request, context: context) else {
      Issue.record("an error left the router")
      return Reply(status: 0, headers: [:], text: "")
    }
    let collected = Collected()
    try? await response.body.write(Collected.Writer(collected: collected))
    return Reply(
      status: response.status.code, headers: response.headers,
      text: String(decoding: collected.bytes, as: UTF8.self))
  }
}

/// Keeps what a response writes.
final class Collected: Sendable {
  private let kept = Mutex<[UInt8]>([])
  var bytes: [UInt8] { kept.withLock { $0 } }

  struct Writer: ResponseBodyWriter {
    let collected: Collected

    func write(_ buffer: ByteBuffer) async throws {
      collected.kept.withLock { $0 += Array(buffer.readableBytesView) }
    }
    func finish(_ trailingHeaders: HTTPFields?) async throws {}
  }
}

import Foundation
import Synchronization

/// A PostgreSQL server of the tests' own, on a socket in a temporary folder. It ends with the process
/// that runs the tests, however that ends.
public final class PostgreSQLServer: Sendable {
  /// The reason why tests that need a server are skipped where there is none.
  public static let needed = "PostgreSQL's server is not here: apt-get install postgresql"

  /// The folder of the newest server that is installed; nil when there is none.
  private static let programs: String? = {
    let versions = "/usr/lib/postgresql"
    let names = (try? FileManager.default.contentsOfDirectory(atPath: versions)) ?? []
    return names.compactMap(Int.init).sorted(by: >).map { "\(versions)/\($0)/bin" }
      .first { FileManager.default.isExecutableFile(atPath: $0 + "/postgres") }
  }()

  /// True if a server is installed.
  public static var isThere: Bool { programs != nil }

  /// The server that tests share; started when first asked for.
  public static let shared = Result { try PostgreSQLServer() }

  private let folder: TemporaryFolder
  private let process: Process
  /// Open as long as the server is to run.
  private let life: Pipe
  private let numbers = Mutex(0)

  /// No server runs as root: as root it is started as the user `postgres`.
  private static let asUser =
    getuid() == 0 ? "setpriv --reuid=postgres --regid=postgres --init-groups" : ""

  /// Starts a server.
  /// - Throws: when it does not answer within a minute.
  public init() throws {
    guard let programs = Self.programs else { throw CocoaError(.fileNoSuchFile) }
    folder = try TemporaryFolder()
    life = Pipe()
    process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = [
      "-c",
      """
      cd "$1" && exec >log 2>&1
      [ -z "$3" ] || chown postgres "$1"
      $3 "$2/initdb" -D "$1/data" -U ova -A trust -E UTF8 --locale=C.UTF-8 --no-sync || exit
      $3 "$2/postgres" -D "$1/data" -k "$1" -h '' -F -c max_connections=200 \
        -c full_page_writes=off &
      server=$!
      cat
      kill -INT $server
      wait $server
      rm -rf "$1"
      """, "sh", folder.path, programs, Self.asUser,
    ]
    process.standardInput = life
    try process.run()
    var answers = false
    _ = try becomesTrue {
      answers = try command("SELECT 1", in: "postgres").status == 0
      return answers || !process.isRunning
    }
    guard answers else { throw CocoaError(.executableLoad) }
  }

  /// The URL of a database.
  /// - Parameter user: the user who connects.
  public func url(_ database: String, user: String = "ova") -> String {
    "postgresql:///\(database)?host=\(folder.path)&user=\(user)"
  }

  /// Makes an empty database and returns its URL.
  public func newDatabase() throws -> String {
    let number = numbers.withLock { number in
      number += 1
      return number
    }
    let made = try command("CREATE DATABASE test\(number)", in: "postgres")
    guard made.status == 0 else { throw CocoaError(.fileWriteUnknown) }
    return url("test\(number)")
  }

  /// Runs statements by PostgreSQL's own client: a row a line, `|` between columns.
  @discardableResult
  public func command(_ sql: String, in database: String) throws -> ToolResult {
    try run("psql", ["-XAtq", "-v", "ON_ERROR_STOP=1", url(database), "-c", sql])
  }
}

/// The databases of tests that are run on either engine: on PostgreSQL when `OVA_TEST_ENGINE` says
/// `postgresql`, else in files.
public enum TestDatabase {
  /// True if tests are run on PostgreSQL.
  public static let isOnServer =
    ProcessInfo.processInfo.environment["OVA_TEST_ENGINE"] == "postgresql"

  private static let urls = Mutex<[String: String]>([:])

  /// The location to open in place of a file: the file, or the URL of a database that stands for
  /// it.
  public static func location(_ file: String) throws -> String {
    guard isOnServer else { return file }
    return try urls.withLock { urls in
      if let url = urls[file] { return url }
      let url = try PostgreSQLServer.shared.get().newDatabase()
      urls[file] = url
      return url
    }
  }
}

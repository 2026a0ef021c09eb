import CPQ
import Synchronization

/// A connection to a PostgreSQL server, lent to one thread at a time.
@safe final class PostgreSQLConnection: Sendable {
  private let library: PostgreSQLLibrary
  // Set once; libpq lets any thread use a connection, one at a time.
  private nonisolated(unsafe) let handle: OpaquePointer
  private let prepared = Mutex(Prepared())

  /// The statements that the server keeps for the connection.
  private struct Prepared {
    var names: [String: String] = [:]
    var count = 0
    var cursors = 0
  }

  /// Statements that a connection keeps; they come from the program, so that only filters of many
  /// forms make more.
  private static let mostStatements = 200

  /// Connects.
  /// - Parameter patience: seconds that a lock is waited for.
  init(_ address: PostgreSQLAddress, _ library: PostgreSQLLibrary, patience: Double) throws {
    self.library = library
    // What stands before the URL it may say otherwise, and what stands behind it not.
    let settings = [
      ("connect_timeout", "10"), ("tcp_user_timeout", "30000"),
      ("fallback_application_name", "ova"), ("dbname", address.url), ("client_encoding", "UTF8"),
    ]
    let handle = unsafe Self.withTexts(settings.map(\.0) + [nil]) { names in
      unsafe Self.withTexts(settings.map(\.1) + [nil]) { values in
        unsafe library.functions.connectdbParams(names, values, 1)
      }
    }
    guard let handle = unsafe handle else {
      throw PostgreSQLFailure(state: "", message: "there is no memory for it", isLost: true)
    }
    unsafe self.handle = handle
    guard unsafe library.functions.status(handle) == Int32(OVA_PQ_CONNECTED) else {
      let failure = connectionFailure()
      throw failure
    }
    _ = unsafe library.functions.setNoticeReceiver(handle, ova_pq_quiet, nil)
    guard parameter("server_encoding") == "UTF8" else {
      throw PostgreSQLFailure(
        state: "22P05",
        message: "the database's encoding is \(parameter("server_encoding")), and not UTF8",
        isLost: false)
    }
    try run(
      """
      SET standard_conforming_strings = on; SET bytea_output = hex; SET DateStyle = ISO;
      SET lock_timeout = \(Int(max(patience, 0.001) * 1000)); SET statement_timeout = 0;
      SET idle_in_transaction_session_timeout = 0
      """)
  }

  deinit { unsafe library.functions.finish(handle) }

  private func parameter(_ name: String) -> String {
    unsafe library.functions.parameterStatus(handle, name).map { unsafe String(cString: $0) } ?? ""
  }

  /// True if the connection is open, as far as is known without asking the server.
  var isUsable: Bool { unsafe library.functions.status(handle) == Int32(OVA_PQ_CONNECTED) }

  /// Runs statements without parameters, separated by semicolons; the answer is the last one's.
  @discardableResult
  func run(_ sql: String) throws -> PostgreSQLResult {
    try unsafe result(unsafe library.functions.exec(handle, sql))
  }

  /// Runs a statement.
  /// - Parameter keeps: whether the server keeps it prepared for the next time.
  func execute(_ sql: String, _ arguments: Arguments, keeps: Bool) throws -> PostgreSQLResult {
    let parameters = try PostgreSQLParameters(arguments)
    let name = keeps ? try self.name(of: sql) : nil
    let answer = unsafe parameters.withPointers { count, values in
      if let name {
        return unsafe library.functions.execPrepared(handle, name, count, values, nil, nil, 0)
      }
      return unsafe library.functions.execParams(
        handle, PostgreSQLText.numbered(sql), count, nil, values, nil, nil, 0)
    }
    return try unsafe result(unsafe answer)
  }

  /// The name of a prepared statement.
  private func name(of sql: String) throws -> String {
    if let name = prepared.withLock({ $0.names[sql] }) { return name }
    let (name, isFull) = prepared.withLock { prepared in
      prepared.count += 1
      return ("s\(prepared.count)", prepared.names.count >= Self.mostStatements)
    }
    if isFull {
      try run("DEALLOCATE ALL")
      prepared.withLock { $0.names.removeAll() }
    }
    _ = try unsafe result(
      unsafe library.functions.prepare(handle, name, PostgreSQLText.numbered(sql), 0, nil))
    prepared.withLock { $0.names[sql] = name }
    return name
  }

  /// A name for a cursor, which no other one of the connection has.
  func newCursorName() -> String {
    prepared.withLock { prepared in
      prepared.cursors += 1
      return "c\(prepared.cursors)"
    }
  }

  /// Copies rows into a table: each a line of COPY's text format, as ``PostgreSQLText/appendRow``
  /// writes it.
  /// - Parameters:
  ///   - sql: `COPY … FROM STDIN`.
  ///   - next: the next lines; nil at the end.
  func copyIn(_ sql: String, _ next: () throws -> [UInt8]?) throws {
    _ = try unsafe result(unsafe library.functions.exec(handle, sql))
    do {
      while let bytes = try next() {
        let sent = unsafe bytes.withUnsafeBytes { bytes in
          unsafe bytes.withMemoryRebound(to: CChar.self) { characters in
            unsafe library.functions.putCopyData(
              handle, characters.baseAddress, Int32(clamping: characters.count))
          }
        }
        guard sent == 1 else { throw connectionFailure() }
      }
    } catch {
      _ = unsafe library.functions.putCopyEnd(handle, "given up")
      try? drain()
      throw error
    }
    guard unsafe library.functions.putCopyEnd(handle, nil) == 1 else { throw connectionFailure() }
    try drain()
  }

  /// Reads all answers that are still to come; throws the first failure among them.
  private func drain() throws {
    var failure: (any Error)?
    while let answer = unsafe library.functions.getResult(handle) {
      do { _ = try unsafe result(unsafe answer) } catch { failure = failure ?? error }
    }
    if let failure { throw failure }
  }

  private func result(_ handle: OpaquePointer?) throws -> PostgreSQLResult {
    guard let handle = unsafe handle else { throw connectionFailure() }
    let result = unsafe PostgreSQLResult(handle, library)
    let status = unsafe library.functions.resultStatus(handle)
    switch Int(status) {
    case OVA_PQ_COMMAND_DONE, OVA_PQ_ROWS, OVA_PQ_COPY_IN: return result
    default:
      guard let state = unsafe field(OVA_PQ_STATE, handle) else { throw connectionFailure() }
      throw PostgreSQLFailure(
        state: state, message: unsafe field(OVA_PQ_MESSAGE, handle) ?? "error \(state)",
        // The server ends the connection with these.
        isLost: !isUsable || state.utf8.starts(with: "57P".utf8))
    }
  }

  private func field(_ number: Int, _ result: OpaquePointer) -> String? {
    unsafe library.functions.resultErrorField(result, Int32(truncatingIfNeeded: number))
      .map { unsafe String(cString: $0) }
  }

  /// libpq's words, and the server's where the connection was never made: with their state where
  /// they tell it.
  private func connectionFailure() -> PostgreSQLFailure {
    let message = unsafe library.functions.errorMessage(handle).map { unsafe String(cString: $0) }
    return PostgreSQLFailure(
      state: message.map(PostgreSQLText.state(ofConnecting:)) ?? "",
      message: message ?? "the connection was lost", isLost: true)
  }

  private static func withTexts<Value>(
    _ texts: [String?], _ body: (UnsafePointer<UnsafePointer<CChar>?>?) -> Value
  ) -> Value {
    let texts = PostgreSQLParameters(texts: texts)
    return unsafe texts.withPointers { unsafe body($1) }
  }
}

import Foundation
import OVABasics
import OVAByteSource
import OVASandbox
import Synchronization

/// A question of the process that parses about the folder of a package that lies elsewhere: it has no
/// network itself.
enum FolderQuestion: Codable, Sendable {
  case facts(String)
  case names(folder: String, limit: Int)
  case bytes(name: String, facts: FileFacts, offset: UInt64, count: Int)
  /// Asks whether all that was read of a file is of one version.
  case unchanged(name: String, facts: FileFacts)
}

/// The answer to one, but for bytes, which come as they are behind a byte that is 0.
enum FolderAnswer: Codable, Sendable {
  case facts(FileFacts?)
  case names([String])
  case unchanged
  case failed(code: String, doing: String, reason: String, offset: UInt64?, fix: String?)

  init(_ error: ByteSourceError) {
    self = .failed(
      code: error.code.rawValue, doing: error.doing, reason: error.reason,
      offset: error.place.offset, fix: error.fix)
  }

  /// The failure of a file; nil for other answers.
  func failure(_ name: String) -> ByteSourceError? {
    guard case .failed(let code, let doing, let reason, let offset, let fix) = self else {
      return nil
    }
    return ByteSourceError(
      code: ByteSourceFailure(rawValue: code) ?? .inputOutput, doing: doing, reason: reason,
      place: Place(name, offset: offset), fix: fix)
  }
}

/// Answers the questions about one folder.
final class FolderAnswering: Sendable {
  private let folder: any ListedFolder
  /// Files that were read, so that what was fetched of them is kept as long as the package is parsed.
  private let sources = Mutex<[String: any ByteSource]>([:])

  /// The most bytes of one answer.
  static let mostBytes = 4 << 20

  init(_ folder: any ListedFolder) { self.folder = folder }

  /// The message that answers.
  func answer(_ question: FolderQuestion) -> [UInt8] {
    let answer: FolderAnswer
    do throws(ByteSourceError) {
      switch question {
      case .facts(let name): answer = .facts(try folder.listed(name))
      case .names(let below, let limit):
        answer = .names(try folder.names(in: below, limit: limit))
      case .bytes(let name, let facts, let offset, let count):
        let source = try source(name, facts)
        return try [0] + source.bytes(at: offset, count: max(0, min(count, Self.mostBytes)))
      case .unchanged(let name, let facts):
        try source(name, facts).confirmUnchanged()
        answer = .unchanged
      }
    } catch {
      answer = FolderAnswer(error)
    }
    return answer.message() ?? []
  }

  /// The file of a name, as it was listed: what is asked for is not believed to have been.
  private func source(_ name: String, _ facts: FileFacts) throws(ByteSourceError) -> any ByteSource
  {
    if let known = sources.withLock({ $0[name] }) { return known }
    guard let listed = try folder.listed(name), listed == facts else {
      throw ByteSourceError(
        code: .notFound, doing: "read it", reason: "it is not in the list", place: Place(name))
    }
    let source = try folder.source(of: name, facts: listed)
    return sources.withLock { sources in
      if let known = sources[name] { return known }
      sources[name] = source
      return source
    }
  }
}

/// The folder of a package that lies elsewhere, for a process without network: each of its files is
/// asked for.
final class AskedFolder: ListedFolder {
  private let connection: WorkerConnection
  /// One question at a time.
  private let turn = Mutex(())

  init(_ connection: WorkerConnection) { self.connection = connection }

  /// Tells something that is not answered, between two questions.
  func tell(_ reply: ParsingReply) {
    guard let message = reply.message() else { return }
    turn.withLock { _ in _ = connection.send(message) }
  }

  func listed(_ name: String) throws(ByteSourceError) -> FileFacts? {
    guard case .facts(let facts) = try ask(.facts(name), of: name) else { throw gone(name) }
    return facts
  }

  func names(in folder: String, limit: Int) throws(ByteSourceError) -> [String] {
    guard case .names(let names) = try ask(.names(folder: folder, limit: limit), of: folder) else {
      throw gone(folder)
    }
    return names
  }

  func source(of name: String, facts: FileFacts) -> any ByteSource {
    AskedSource(folder: self, name: name, facts: facts)
  }

  fileprivate func ask(
    _ question: FolderQuestion, of name: String
  ) throws(ByteSourceError) -> FolderAnswer {
    let message = try reply(to: question, of: name)
    guard let answer = FolderAnswer(message: message) else { throw gone(name) }
    if let failure = answer.failure(name) { throw failure }
    return answer
  }

  fileprivate func reply(
    to question: FolderQuestion, of name: String
  ) throws(ByteSourceError) -> [UInt8] {
    let message = turn.withLock { _ -> [UInt8]? in
      guard let message = ParsingReply.folder(question).message(), connection.send(message) else {
        return nil
      }
      return connection.receive()
    }
    guard let message else { throw gone(name) }
    return message
  }

  fileprivate func gone(_ name: String) -> ByteSourceError {
    ByteSourceError(
      code: .inputOutput, doing: "read it", reason: "the process that reads it is gone",
      place: Place(name))
  }
}

/// A file that is asked for piece by piece.
private struct AskedSource: ByteSource {
  let folder: AskedFolder
  let name: String
  let facts: FileFacts
  var size: UInt64 { facts.size }

  func read(
    at offset: UInt64, into buffer: UnsafeMutableRawBufferPointer
  ) throws(ByteSourceError) -> Int {
    guard offset < size else { return 0 }
    let wanted = Int(min(UInt64(buffer.count), size - offset))
    var done = 0
    while done < wanted {
      let reply = try folder.reply(
        to: .bytes(
          name: name, facts: facts, offset: offset + UInt64(done), count: wanted - done),
        of: name)
      guard reply.first == 0 else {
        throw FolderAnswer(message: reply)?.failure(name) ?? folder.gone(name)
      }
      let count = min(reply.count - 1, wanted - done)
      guard count > 0 else { break }
      unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[done...])
        .copyBytes(from: reply[1...count])
      done += count
    }
    return done
  }

  func confirmUnchanged() throws(ByteSourceError) {
    guard case .unchanged = try folder.ask(.unchanged(name: name, facts: facts), of: name) else {
      throw folder.gone(name)
    }
  }
}

import OVABasics
import OVACatalog
import OVASandbox
import Synchronization

/// Has confined processes parse for a scan, as many as there are threads that ask at a time.
final class SandboxedParsing: Sendable {
  /// The reason why there is no reply.
  enum Failure: Error {
    /// The process that parsed ended.
    case ended(WorkerEnd)
    /// None could be started.
    case notStarted(SandboxError)
  }

  private let program: WorkerProgram
  private let readable: [String]
  private let limits: Limits
  private let idle = Mutex<[Worker]>([])
  private let started = Mutex<SandboxError?>(nil)

  /// The error because of which a process could not be started; nothing is asked any more then.
  var failure: SandboxError? { started.withLock { $0 } }

  /// Processor seconds for anything, and those for the bytes of a package: digests of four kinds
  /// and inflating take a fraction of it.
  private static let leastSeconds: UInt64 = 300
  private static let bytesPerSecond: UInt64 = 4 << 20

  /// Starts no process before it is needed.
  /// - Parameters:
  ///   - readable: the folders that may be read.
  ///   - limits: how much of anything is accepted from a package.
  init(_ program: WorkerProgram, readable: [String], limits: Limits) {
    self.program = program
    self.readable = readable
    self.limits = limits
  }

  private static var role: String {
    #if DEBUG
      ParsingWorker.role + Misbehavior.suffix
    #else
      ParsingWorker.role
    #endif
  }

  private func giveBack(_ worker: Worker) { idle.withLock { $0.append(worker) } }

  /// Asks and waits for the answer; once more where a process was ended from outside.
  /// - Parameters:
  ///   - beyond: files outside of what may be read that belong to what is parsed.
  ///   - bytes: how much there may be to read.
  func ask(
    _ request: ParsingRequest, beyond: [String] = [], bytes: UInt64, _ context: ParsingContext
  ) throws(Failure) -> ParsingReply {
    do throws(Failure) {
      return try askOnce(request, beyond, bytes, context)
    } catch {
      guard case .ended(let end) = error, case .killed = end.cause, !context.isStopped() else {
        throw error
      }
      return try askOnce(request, beyond, bytes, context)
    }
  }

  private func askOnce(
    _ request: ParsingRequest, _ beyond: [String], _ bytes: UInt64, _ context: ParsingContext
  ) throws(Failure) -> ParsingReply {
    let worker = try worker(beyond)
    let reply: ParsingReply
    do throws(WorkerEnd) {
      reply = try ask(worker, request, bytes, context)
    } catch {
      throw .ended(error)
    }
    if beyond.isEmpty { giveBack(worker) }
    return reply
  }

  private func worker(_ beyond: [String]) throws(Failure) -> Worker {
    if beyond.isEmpty, let worker = idle.withLock({ $0.popLast() }) { return worker }
    if let failure { throw .notStarted(failure) }
    let worker: Worker
    do throws(SandboxError) {
      worker = try Worker(
        program, role: Self.role, confinement: Confinement(readable: readable + beyond))
    } catch {
      let error = error
      started.withLock { $0 = error }
      throw .notStarted(error)
    }
    do throws(WorkerEnd) {
      try worker.send(ParsingRequest.limits(limits).message() ?? [])
    } catch {
      throw .ended(error)
    }
    return worker
  }

  private func ask(
    _ worker: Worker, _ request: ParsingRequest, _ bytes: UInt64, _ context: ParsingContext
  ) throws(WorkerEnd) -> ParsingReply {
    var seconds = Self.leastSeconds + bytes / Self.bytesPerSecond
    #if DEBUG
      seconds = Misbehavior.seconds ?? seconds
    #endif
    worker.allow(processorSeconds: seconds)
    let answering = context.listed.map { FolderAnswering($0) }
    try worker.send(request.message() ?? [])
    while true {
      let message = try worker.receive(isCancelled: context.isStopped)
      guard let reply = ParsingReply(message: message) else { throw WorkerEnd.unclear }
      switch reply {
      case .progress(let count): context.progress(count)
      case .earlier(let rows):
        try worker.send(ParsingRequest.earlier(context.earlier(rows.wrappedValue)).message() ?? [])
      case .folder(let question):
        guard let answering else { throw WorkerEnd.unclear }
        try worker.send(answering.answer(question))
      case .package, .digests, .needs: return reply
      }
    }
  }
}

extension ScannedRepository {
  /// The folder that parsing its packages may read in: a user's own, or the whole data store, where
  /// disks have their parents.
  var readableFolder: String { boundary ?? realRoot }
}

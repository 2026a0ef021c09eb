import OVABasics
import OVAByteSource
import OVARules
package import OVASandbox
import OVFXML

/// The process that parses for a scan, from its first task to its last.
package enum ParsingWorker {
  /// The role of a worker that parses for scans.
  package static let role = "scan"

  /// Does beforehand what would take time in the first task: makes the rules.
  package static func prepare() { _ = Rule.version(of: Rule.all) }

  /// Answers until the other side closes the connection.
  package static func run(_ connection: WorkerConnection) {
    var limits = Limits()
    while let message = connection.receive() {
      guard let request = ParsingRequest(message: message) else { return }
      if case .limits(let given) = request {
        limits = given
        continue
      }
      guard let reply = answer(request, limits, connection),
        let bytes = reply.message(), connection.send(bytes)
      else { return }
    }
  }

  private static func answer(
    _ request: ParsingRequest, _ limits: Limits, _ connection: WorkerConnection
  ) -> ParsingReply? {
    #if DEBUG
      Misbehavior(of: request, connection.role)?.run()
    #endif
    switch request {
    case .package(let task, let folder, let loading):
      var context = ParsingContext()
      context.limits = limits
      context.folder = Dictionary(folder.map { (ExactName($0.name), $0.facts) }) { first, _ in
        first
      }
      context.loading = Set(loading.map { ExactName($0) })
      if task.isListed { context.listed = AskedFolder(connection) }
      context.earlier = { rows in
        guard let question = ParsingReply.earlier(PackedFiles(wrappedValue: rows)).message(),
          connection.send(question),
          let message = connection.receive(),
          case .earlier(let earlier) = ParsingRequest(message: message)
        else { return EarlierScan() }
        return earlier
      }
      return .package(task.run(in: context))
    case .digests(let task):
      var context = ParsingContext()
      context.limits = limits
      let folder = AskedFolder(connection)
      if task.isListed { context.listed = folder }
      context.progress = { folder.tell(.progress($0)) }
      return .digests(task.run(in: context))
    case .needs(let task): return .needs(task.run(limits: limits))
    case .earlier, .limits: return nil
    }
  }
}

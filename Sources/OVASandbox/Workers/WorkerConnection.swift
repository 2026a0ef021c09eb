import CPlatform
import Foundation
import Glibc
import OVABasics

/// The first message to a worker.
struct WorkerSetup: Codable, Sendable {
  let role: String
  let confinement: Confinement
}

/// The first message of a worker: that it is confined, or why it could not be.
struct WorkerState: Codable, Sendable {
  let confined: KernelConfinement?
  let failure: String?
}

/// The worker's side of its connection.
public struct WorkerConnection: Sendable {
  /// The file descriptor of the connection.
  static let descriptor: Int32 = 3

  private let channel: MessageChannel

  /// The role that the worker was started for.
  public let role: String

  /// Confines this process as the one that started it asks, and connects to it; nil when there is
  /// no request, or the kernel refuses.
  ///
  /// To be called before the process has a second thread.
  /// - Parameter prepare: does, by the worker's role, what is impossible later, such as reading what
  ///   the operating system trusts.
  public static func confined(prepare: (String) -> Void) -> WorkerConnection? {
    // Its parent decides when it ends: a service manager tells all processes of a service to stop.
    for number in [SIGINT, SIGTERM, SIGHUP, SIGQUIT] { signal(number, SIG_IGN) }
    let channel = MessageChannel(descriptor: Self.descriptor, usesSend: false)
    guard case .done(let message) = channel.receive(),
      let setup = try? JSONDecoder().decode(WorkerSetup.self, from: Data(message))
    else { return nil }
    // What the parent had open without closing it for its children.
    _ = ova_close_from(UInt32(descriptor) + 1)
    prepare(setup.role)
    let state: WorkerState
    do throws(SandboxError) {
      state = WorkerState(
        confined: try setup.confinement.apply(), failure: nil)
    } catch {
      state = WorkerState(confined: nil, failure: error.reason)
    }
    guard let answer = try? JSONEncoder().encode(state), channel.send(Array(answer)),
      state.failure == nil
    else { return nil }
    return WorkerConnection(channel: channel, role: setup.role)
  }

  /// The next message; nil when the other side is gone.
  public func receive() -> [UInt8]? {
    guard case .done(let message) = channel.receive() else { return nil }
    return message
  }

  /// Sends a message; false when the other side does not take it, or it is too long.
  public func send(_ message: [UInt8]) -> Bool { channel.send(message) }
}

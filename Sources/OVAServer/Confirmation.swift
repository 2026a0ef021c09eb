import Foundation
import Logging
import NIOPosix
import OVABasics
import OVACatalog
import OVAConfiguration

/// Tells users by e-mail that their sync is done, through the system's `sendmail`.
struct Confirmation: Sendable {
  let settings: MailSettings
  let logger: Logger

  /// Sends word of a request that is done; that it cannot be sent is only logged.
  func send(_ request: SyncRequestRow) async {
    guard let address = settings.address(of: request.username) else { return }
    let text = letter(request, to: address)
    do {
      let status = try await NIOThreadPool.singleton.runIfActive { [settings] in
        try Self.run(settings.sendmail, input: text)
      }
      guard status != 0 else { return }
      logger.error("sendmail failed", metadata: ["status": "\(status)", "id": "\(request.id)"])
    } catch {
      logger.error("sendmail cannot be run", metadata: ["id": "\(request.id)"])
    }
  }

  /// The letter with its headers.
  func letter(_ request: SyncRequestRow, to address: String) -> String {
    let outcome = request.status == .processed ? "done" : "failed"
    var lines = [
      "From: \(settings.from)", "To: \(address)",
      "Subject: Image sync \(request.id) \(outcome)",
      "MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8",
      "Content-Transfer-Encoding: 8bit", "Auto-Submitted: auto-generated", "",
      "The sync of your images (request \(request.id)) is \(outcome).",
    ]
    for (title, texts) in [
      ("Added", request.added), ("Deleted", request.deleted), ("Errors", request.errors),
      ("Warnings", request.warnings),
    ] where !texts.isEmpty {
      lines += ["", "\(title):"] + texts.prefix(500).map { "  \($0.inert)" }
      if texts.count > 500 { lines.append("  and \(texts.count - 500) more") }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func run(_ program: String, input: String) throws -> Int32 {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = ["-t", "-i"]
    let pipe = Pipe()
    process.standardInput = pipe
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    try? pipe.fileHandleForWriting.write(contentsOf: Data(input.utf8))
    try? pipe.fileHandleForWriting.close()
    process.waitUntilExit()
    return process.terminationStatus
  }
}

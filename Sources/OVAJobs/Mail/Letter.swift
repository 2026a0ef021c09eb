import OVABasics
import OVACatalog
import OVAConfiguration

/// A letter that tells a user what their sync did.
struct Letter {
  /// Lines of a kind that are written at most.
  private static let most = 500

  let request: SyncRequestRow
  let address: String
  let settings: MailSettings

  /// The letter with its headers, for `sendmail -t`.
  var text: String {
    let outcome = request.status == .processed ? "done" : "failed"
    let lines =
      [
        "From: \(settings.from)", "To: \(address)",
        "Subject: Image sync \(request.id) \(outcome)",
        // The same at every attempt, so that a letter that came twice can be recognized.
        "Message-ID: <image-sync-\(request.id).\(request.createdOn)@\(host)>",
        "MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: 8bit", "Auto-Submitted: auto-generated", "",
        "The sync of your images (request \(request.id)) is \(outcome).",
      ] + Self.part("Added", request.added) + Self.part("Deleted", request.deleted)
      + Self.part("Errors", request.errors) + Self.part("Warnings", request.warnings)
    return lines.joined(separator: "\n") + "\n"
  }

  private var host: String {
    let at = settings.from.utf8.lastIndex(of: UInt8(ascii: "@"))
    let host = at.map { String(settings.from[settings.from.utf8.index(after: $0)...]) } ?? ""
    let isPlain = !host.isEmpty && host.utf8.allSatisfy { $0 > 0x20 && $0 != UInt8(ascii: ">") }
    return isPlain ? host : "localhost"
  }

  private static func part(_ title: String, _ texts: [String]) -> [String] {
    guard !texts.isEmpty else { return [] }
    let more = texts.count - most
    return ["", "\(title):"] + texts.prefix(most).flatMap { wrapped($0.forDisplay) }
      + (more > 0 ? ["  and \(more) more"] : [])
  }

  /// Lines short enough for mail, which ends at 998 bytes.
  private static func wrapped(_ text: String) -> [String] {
    guard text.utf8.count > 900 else { return ["  \(text)"] }
    var lines: [String] = []
    var line = "  "
    for character in text.unicodeScalars {
      if line.utf8.count > 900 {
        lines.append(line)
        line = "    "
      }
      line.unicodeScalars.append(character)
    }
    return lines + [line]
  }
}

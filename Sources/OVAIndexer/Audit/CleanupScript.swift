import OVABasics

extension RepositoryAudit {
  /// A shell script for a person to read: every command that would reclaim space, as a comment.
  public func cleanupScript() throws -> String {
    var lines = [
      "#!/usr/bin/env bash",
      "# What could be deleted, as the last scan found it. Nothing here does anything: read it, and",
      "# take the '#' away from the commands that you want. Scan again before, for files change.",
      "set -euo pipefail",
    ]
    var total: Int64 = 0
    for finding in try findings() {
      guard [.orphan, .leftover, .duplicate, .brokenLink].contains(finding.kind) else { continue }
      total = total.addingReportingOverflow(finding.reclaimable).partialValue
      lines += ["", "# \(finding.kind.rawValue): \(finding.message.inert)"]
      if finding.kind == .duplicate {
        for (index, path) in finding.paths.enumerated() {
          lines.append("#   \(index == 0 ? "first" : "again"): \(path.inert)")
        }
      }
      lines += finding.deletable.map { "# rm -- \(Self.quoted($0))" }
    }
    let sum = ByteCount(UInt64(clamping: total))
    lines += ["", "# In all \(sum) could be reclaimed.", ""]
    return lines.joined(separator: "\n")
  }

  /// A path as bash takes it, on one line, whatever bytes it is of. A command substitution would
  /// lose line feeds at the end, and name another file.
  static func quoted(_ path: String) -> String {
    let bytes = path.fileSystemBytes
    let isPlain = bytes.allSatisfy { (0x20..<0x7F).contains($0) && !"'$`".utf8.contains($0) }
    if isPlain { return "'" + String(decoding: bytes, as: UTF8.self) + "'" }
    let text = bytes.map { byte -> String in
      switch byte {
      case UInt8(ascii: "'"), UInt8(ascii: "\\"): return "\\" + String(UnicodeScalar(byte))
      case 0x20..<0x7F: return String(UnicodeScalar(byte))
      default:
        let octal = String(byte, radix: 8)
        return "\\" + String(repeating: "0", count: 3 - octal.count) + octal
      }
    }
    return "$'\(text.joined())'"
  }
}

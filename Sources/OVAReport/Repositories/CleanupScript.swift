import OVABasics

extension RepositoryAudit {
  /// A shell script for a person to read: every command that would reclaim space, as a comment.
  ///
  /// Each file is looked at once more: what is no longer as the last scan found it is not named.
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
      guard finding.kind != .brokenLink || !finding.removals.isEmpty else { continue }
      lines += ["", "# \(finding.kind.rawValue): \(finding.message.forDisplay)"]
      let removals = finding.removalsThatHold
      if finding.kind == .duplicate {
        let stay = finding.pathCount - finding.removals.count
        for (index, path) in finding.paths.enumerated() {
          lines.append("#   \(index < stay ? "keep" : "copy"): \(path.forDisplay)")
        }
        if finding.pathsLeftOut > 0 { lines.append("#   … and \(finding.pathsLeftOut) more") }
      }
      lines += removals.map { "# rm -- \(Self.quoted($0.path))" }
      total = removals.reduce(total) { $0.addingReportingOverflow($1.bytes).partialValue }
      if removals.count < finding.removals.count {
        lines.append("# Some of this is no longer as the last scan found it. Scan again.")
      } else if removals.isEmpty {
        lines.append("# Nothing of it may go: \(finding.fix.forDisplay).")
      }
    }
    let sum = ByteCount(UInt64(clamping: total))
    let exact = total < 1024 ? "" : " (\(total) bytes)"
    lines += ["", "# In all \(sum)\(exact) could be reclaimed.", ""]
    return lines.joined(separator: "\n")
  }

  /// A path on one line as every shell takes it, or, where it has bytes that cannot be printed, as
  /// bash does. A command substitution would lose line feeds at the end, and name another file.
  static func quoted(_ path: String) -> String {
    let bytes = path.fileSystemBytes
    if let text = String(validating: bytes, as: UTF8.self),
      text.forDisplay.utf8.elementsEqual(bytes),
      !bytes.contains(where: "'$`".utf8.contains)
    {
      return "'\(text)'"
    }
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

extension RepositoryFinding {
  /// The files that may be deleted now: all of them, or none when one of the files has changed, or
  /// the one that stays is not there.
  fileprivate var removalsThatHold: [Removal] {
    if let kept, !kept.isThere { return [] }
    if kind == .duplicate { return removals.filter(\.isAsJudged) }
    return removals.allSatisfy(\.isAsJudged) ? removals : []
  }
}

import OVABasics
import OVAIntegrity

extension Rule {
  /// A stream that does not inflate.
  static let gzipDamaged = Rule(
    id: "gzip-damaged",
    group: .references,
    title: "A compressed file is damaged or cut short",
    severity: .error,
    basis: .clause("DSP0243 7.1"),
    why: "What the file holds cannot be had whole; the import fails when it gets there.",
    fix: "Fetch the file again; if it was always so, compress the original again.",
    triggering: [
      Example(
        .ova, edits: [.gzipDeclared],
        [.content("web-disk1.vmdk", .gzipped), .content("web-disk1.vmdk", .flipped(at: -6))],
        caption: "the checksum at the end is wrong"),
      Example(
        .ova, edits: [.gzipDeclared],
        [.content("web-disk1.vmdk", .gzipped), .content("web-disk1.vmdk", .flipped(at: -2))],
        caption: "the length at the end is wrong"),
      Example(
        .ova, edits: [.gzipDeclared],
        [.content("web-disk1.vmdk", .gzipped), .content("web-disk1.vmdk", .shortened(by: 20))],
        caption: "the end is missing"),
    ],
    passing: [.sound(.ova), .soundGzip]
  ) { checked, findings in
    for (resolved, diagnostic) in checked.gzipDiagnostics {
      let reason: String
      switch diagnostic.kind {
      case .damaged(let words): reason = "is damaged: \(words)"
      case .truncated: reason = "is cut short after \(diagnostic.offset) bytes"
      case .outOfMemory: reason = "could not be inflated for want of memory"
      default: continue
      }
      findings.add(
        "the gzip stream of '\(resolved.hrefText)' \(reason)",
        at: resolved.filePlace.at(offset: diagnostic.offset))
    }
  }
}

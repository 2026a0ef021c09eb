import OVABasics
import OVAIntegrity

extension Rule {
  /// Declared compressed, and not.
  static let gzipMissing = Rule(
    id: "gzip-missing",
    group: .references,
    title: "A file is said to be compressed by gzip and is not",
    severity: .error,
    basis: .clause("DSP0243 7.1"),
    why: "Importers inflate the file on the way and fail at its first byte.",
    fix: "Remove `ovf:compression`, or compress the file.",
    triggering: [
      Example(replacing: #"ovf:size="SIZE""#, with: #"ovf:size="SIZE" ovf:compression="gzip""#)
    ],
    passing: [.sound(.ova), .soundGzip]
  ) { checked, findings in
    for (resolved, diagnostic) in checked.gzipDiagnostics where diagnostic.kind == .notGzip {
      findings.add(
        "'\(resolved.hrefText)' is said to be gzip and does not begin as gzip does",
        at: resolved.filePlace, expected: "bytes 1f 8b")
    }
  }
}

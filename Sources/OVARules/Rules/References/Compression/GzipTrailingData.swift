import OVABasics
import OVAIntegrity

extension Rule {
  /// Bytes after the stream.
  static let gzipTrailingData = Rule(
    id: "gzip-trailing-data",
    group: .references,
    title: "Something follows the end of a compressed file",
    severity: .warning,
    basis: .practice("gzip itself warns and ignores it; other readers fail."),
    why: "The content is whole, but the bytes after it belong to nothing; some readers take them "
      + "for damage.",
    fix: "Compress the file again, or cut off what follows; then recreate the manifest (`ova "
      + "manifest`).",
    triggering: [
      Example(
        .ova, edits: [.gzipDeclared],
        [
          .content("web-disk1.vmdk", .gzipped),
          .content("web-disk1.vmdk", .followed(by: Array("rest".utf8))),
        ])
    ],
    passing: [.sound(.ova), .soundGzip]
  ) { checked, findings in
    for (resolved, diagnostic) in checked.gzipDiagnostics where diagnostic.kind == .trailingGarbage
    {
      findings.add(
        "bytes that are not gzip follow the stream of '\(resolved.hrefText)'",
        at: resolved.filePlace.at(offset: diagnostic.offset))
    }
  }
}

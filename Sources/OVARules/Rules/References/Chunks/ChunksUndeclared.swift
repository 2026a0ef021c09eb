import OVAPackage
import OVFDescriptor

extension Rule {
  /// Chunks without a chunk size.
  static let chunksUndeclared = Rule(
    id: "chunks-undeclared",
    group: .references,
    title: "A file is there only as chunks that the descriptor does not declare",
    severity: .error,
    basis: .practice("VMware exports machines with snapshots so; virt-v2v reads them as deltas."),
    why: "Without `ovf:chunkSize` a file named `disk.vmdk.000000000` may be the first chunk of "
      + "`disk.vmdk` or a snapshot of it. Importers ask for the whole file and do not find it.",
    fix: "If it is one chunk, write its name into `ovf:href`; if several, declare "
      + "`ovf:chunkSize`.",
    triggering: [
      Example(.ova, .rename("web-disk1.vmdk", to: "web-disk1.vmdk.000000000"))
    ],
    passing: [.sound(.ova), .soundChunks]
  ) { checked, findings in
    for resolved in checked.package.references {
      guard case .chunks(let chunks) = resolved.target, resolved.reference.chunkSize == nil,
        let first = chunks.pieces.first
      else { continue }
      findings.add(
        "'\(resolved.hrefText)' is not there; '\(first.file.name)' is, and no chunk size",
        at: resolved.reference.place, expected: resolved.hrefText, found: first.file.name)
    }
  }
}

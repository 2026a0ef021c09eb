import OVAPackage
import OVFDescriptor
import VirtualDisks

extension Rule {
  /// Compressed, and not declared.
  static let gzipUndeclared = Rule(
    id: "gzip-undeclared",
    group: .references,
    title: "A disk's file is compressed by gzip and the descriptor does not say so",
    severity: .error,
    basis: .clause("DSP0243 7.1"),
    why: "Importers take the compressed bytes for the disk's and find no header.",
    fix: "Store the disk plain (`gunzip`), or write `ovf:compression=\"gzip\"`.",
    triggering: [
      Example(
        .ova, replacing: #" ovf:size="SIZE""#, with: "", .content("web-disk1.vmdk", .gzipped)),
      Example(
        .ova, replacing: #"ovf:size="SIZE""#, with: #"ovf:compression="identity""#,
        .content("web-disk1.vmdk", .gzipped), documented: false),
    ],
    passing: [.sound(.ova), .soundGzip]
  ) { checked, findings in
    for disk in checked.package.disks {
      guard case .disk(let content) = disk.content, content.format == .gzip else { continue }
      findings.add(
        "'\(disk.reference.hrefText)' is a gzip stream", at: disk.filePlace,
        expected: "ovf:compression=\"gzip\"",
        found: disk.reference.reference.compression?.text ?? "no ovf:compression")
    }
  }
}

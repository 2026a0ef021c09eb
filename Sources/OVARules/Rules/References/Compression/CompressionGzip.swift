import OVABasics
import OVAIntegrity
import OVAPackage
import OVFDescriptor

extension Rule {
  /// A disk that is stored compressed.
  static let compressionGzip = Rule(
    id: "compression-gzip",
    group: .references,
    title: "A disk's file is compressed by gzip",
    severity: .info,
    basis: .practice("The ESXi host client refuses packages with compressed disks."),
    why: "The standard allows it, but a streamOptimized disk is compressed already, and some "
      + "importers do not read gzip.",
    fix: "Store the disk plain: `gunzip`, then remove `ovf:compression` and run `ova manifest "
      + "PATH --accept-content`.",
    triggering: [
      Example(.ova, edits: [.gzipDeclared], [.content("web-disk1.vmdk", .gzipped)])
    ],
    passing: [.sound(.ova)]
  ) { checked, findings in
    var seen: Set<Place> = []
    for disk in checked.package.disks where disk.reference.isGzip {
      let reference = disk.reference.reference
      // What is wrong with the stream is said instead.
      if checked.evidence.of(disk.reference)?.gzip?.outcome.diagnostic != nil { continue }
      guard seen.insert(reference.place).inserted else { continue }
      findings.add(
        "'\(disk.reference.hrefText)' is stored compressed",
        at: reference.compression?.place ?? reference.place)
    }
  }
}

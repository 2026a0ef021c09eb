import OVABasics
import OVAIntegrity
import OVAPackage
import OVFDescriptor
import VirtualDisks

/// The disk compressed, and declared so.
private let declared = Example.Edit(
  old: #"ovf:size="SIZE""#, new: #"ovf:compression="gzip""#)
private let soundGzip = Example(
  .ova, edits: [declared], [.content("web-disk1.vmdk", .gzipped)], documented: false)

extension Rule {
  /// A compression that the standard does not know.
  static let compressionUnknown = Rule(
    id: "compression-unknown",
    group: .references,
    title: "A file's compression is not one of the standard's",
    severity: .error,
    basis: .clause("DSP0243 7.1"),
    why: "Only `gzip` and `identity` may stand there; importers refuse others.",
    fix: "Store the file plain and leave `ovf:compression` out.",
    triggering: [
      Example(replacing: #"ovf:size="SIZE""#, with: #"ovf:size="SIZE" ovf:compression="zstd""#),
      Example(replacing: #"ovf:size="SIZE""#, with: #"ovf:size="SIZE" ovf:compression="bzip2""#),
    ],
    passing: [
      .sound(.ova), soundGzip,
      Example(
        replacing: #"ovf:size="SIZE""#, with: #"ovf:size="SIZE" ovf:compression="identity""#),
    ]
  ) { checked, findings in
    for file in checked.package.envelope.files {
      guard let compression = file.compression else { continue }
      let known = ["", "gzip", "identity"].contains { $0.isSame(compression.text) }
      let isSpelling = ["gzip", "identity"].contains(compression.text.lowercased())
      guard !known else { continue }
      findings.add(
        "the compression '\(compression.text)' is not known", at: compression.place,
        expected: "gzip, identity or nothing", found: compression.text,
        severity: isSpelling ? .warning : nil)
    }
  }

  /// A disk that is stored compressed.
  static let compressionGzip = Rule(
    id: "compression-gzip",
    group: .references,
    title: "A disk's file is compressed by gzip",
    severity: .info,
    basis: .practice("The ESXi host client refuses packages with compressed disks."),
    why: "The standard allows it, but a streamOptimized disk is compressed already, and some "
      + "importers do not read gzip.",
    fix:
      "Store the disk plain: `gunzip`, then remove `ovf:compression` and make the manifest anew.",
    triggering: [
      Example(.ova, edits: [declared], [.content("web-disk1.vmdk", .gzipped)])
    ],
    passing: [.sound(.ova)]
  ) { checked, findings in
    var seen: Set<Place> = []
    for disk in checked.package.disks where disk.reference.isGzip {
      let reference = disk.reference.reference
      // What is wrong with the stream is said instead.
      if checked.evidence.of(disk.reference)?.gzip?.outcome.fault != nil { continue }
      guard seen.insert(reference.place).inserted else { continue }
      findings.add(
        "'\(disk.reference.hrefText)' is stored compressed",
        at: reference.compression?.place ?? reference.place)
    }
  }

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
    passing: [.sound(.ova), soundGzip]
  ) { checked, findings in
    for (resolved, fault) in checked.gzipFaults where fault.kind == .notGzip {
      findings.add(
        "'\(resolved.hrefText)' is said to be gzip and does not begin as gzip does",
        at: resolved.filePlace, expected: "bytes 1f 8b")
    }
  }

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
    passing: [.sound(.ova), soundGzip]
  ) { checked, findings in
    for disk in checked.package.disks {
      guard case .disk(let content) = disk.content, content.format == .gzip else { continue }
      findings.add(
        "'\(disk.reference.hrefText)' is a gzip stream", at: disk.filePlace,
        expected: "ovf:compression=\"gzip\"",
        found: disk.reference.reference.compression?.text ?? "no ovf:compression")
    }
  }

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
        .ova, edits: [declared],
        [.content("web-disk1.vmdk", .gzipped), .content("web-disk1.vmdk", .flipped(at: -6))],
        caption: "the checksum at the end is wrong"),
      Example(
        .ova, edits: [declared],
        [.content("web-disk1.vmdk", .gzipped), .content("web-disk1.vmdk", .flipped(at: -2))],
        caption: "the length at the end is wrong"),
      Example(
        .ova, edits: [declared],
        [.content("web-disk1.vmdk", .gzipped), .content("web-disk1.vmdk", .shortened(by: 20))],
        caption: "the end is missing"),
    ],
    passing: [.sound(.ova), soundGzip]
  ) { checked, findings in
    for (resolved, fault) in checked.gzipFaults {
      let reason: String
      switch fault.kind {
      case .damaged(let words): reason = "is damaged: \(words)"
      case .truncated: reason = "is cut short after \(fault.offset) bytes"
      case .outOfMemory: reason = "could not be inflated for want of memory"
      default: continue
      }
      findings.add(
        "the gzip stream of '\(resolved.hrefText)' \(reason)",
        at: resolved.filePlace.at(offset: fault.offset))
    }
  }

  /// Bytes after the stream.
  static let gzipTrailingData = Rule(
    id: "gzip-trailing-data",
    group: .references,
    title: "Something follows the end of a compressed file",
    severity: .warning,
    basis: .practice("gzip itself warns and ignores it; other readers fail."),
    why: "The content is whole, but the bytes after it belong to nothing; some readers take them "
      + "for damage.",
    fix: "Compress the file anew, or cut off what follows.",
    triggering: [
      Example(
        .ova, edits: [declared],
        [
          .content("web-disk1.vmdk", .gzipped),
          .content("web-disk1.vmdk", .followed(by: Array("rest".utf8))),
        ])
    ],
    passing: [.sound(.ova), soundGzip]
  ) { checked, findings in
    for (resolved, fault) in checked.gzipFaults where fault.kind == .trailingGarbage {
      findings.add(
        "bytes that are not gzip follow the stream of '\(resolved.hrefText)'",
        at: resolved.filePlace.at(offset: fault.offset))
    }
  }

  /// More comes out than can belong to the disk.
  static let gzipTooLarge = Rule(
    id: "gzip-too-large",
    group: .references,
    title: "A compressed file holds more than its disk can",
    severity: .error,
    basis: .practice("A small file that inflates without end fills the importer's storage."),
    why: "What comes out is larger than the capacity that the descriptor declares: the capacity "
      + "is wrong, or the file is made to exhaust whoever inflates it. Inflating was stopped.",
    fix: "Correct the disk's capacity, or do not import the package.",
    triggering: [
      Example(
        .ova, edits: [declared, .init(old: #"ovf:capacity="64""#, new: #"ovf:capacity="1""#)],
        [
          .content("web-disk1.vmdk", .bytes([UInt8](repeating: 0, count: 20 << 20))),
          .content("web-disk1.vmdk", .gzipped),
        ])
    ],
    passing: [.sound(.ova), soundGzip]
  ) { checked, findings in
    for (resolved, fault) in checked.gzipFaults {
      switch fault.kind {
      case .tooLarge(let maximum):
        findings.add(
          "more than \(maximum) bytes come out of '\(resolved.hrefText)'",
          at: resolved.filePlace.at(offset: fault.offset), expected: "at most \(maximum) bytes")
      case .ratioTooHigh(let maximum):
        findings.add(
          "'\(resolved.hrefText)' inflates to more than \(maximum) times its size",
          at: resolved.filePlace.at(offset: fault.offset))
      default: continue
      }
    }
  }
}

extension CheckedPackage {
  /// What is wrong with compressed files that are there whole.
  fileprivate var gzipFaults: [(reference: ResolvedReference, fault: GzipInflater.Fault)] {
    package.references.compactMap { resolved in
      guard resolved.isGzip, !resolved.isCutShort,
        let fault = evidence.of(resolved)?.gzip?.outcome.fault
      else { return nil }
      return (resolved, fault)
    }
  }
}

extension Place {
  /// A byte of the same file.
  func at(offset: UInt64) -> Place { Place(file, offset: offset) }
}

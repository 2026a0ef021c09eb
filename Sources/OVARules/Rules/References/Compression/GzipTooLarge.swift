import OVABasics
import OVAIntegrity

extension Rule {
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
        .ova,
        edits: [
          .gzipDeclared, .init(old: #"ovf:capacity="64""#, new: #"ovf:capacity="1""#),
          .init(
            old: "http://www.vmware.com/interfaces/specifications/vmdk.html#streamOptimized",
            new: "http://en.wikipedia.org/wiki/Byte"),
        ],
        [
          .content("web-disk1.vmdk", .filled(with: 0, count: 20 << 20)),
          .content("web-disk1.vmdk", .gzipped),
        ])
    ],
    passing: [.sound(.ova), .soundGzip]
  ) { checked, findings in
    for (resolved, diagnostic) in checked.gzipDiagnostics {
      switch diagnostic.kind {
      case .tooLarge(let maximum):
        findings.add(
          "more than \(maximum) bytes come out of '\(resolved.hrefText)'",
          at: resolved.filePlace.at(offset: diagnostic.offset), expected: "at most \(maximum) bytes"
        )
      case .ratioTooHigh(let maximum):
        findings.add(
          "'\(resolved.hrefText)' inflates to more than \(maximum) times its size",
          at: resolved.filePlace.at(offset: diagnostic.offset))
      default: continue
      }
    }
  }
}

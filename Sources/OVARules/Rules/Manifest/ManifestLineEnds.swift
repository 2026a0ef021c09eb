import OVABasics
import OVAIntegrity
import OVAPackage

extension Rule {
  /// Lines do not end in a line feed.
  static let manifestLineEnds = Rule(
    id: "manifest-line-ends",
    group: .manifest,
    title: "The manifest's lines do not end in a line feed",
    severity: .warning,
    basis: .clause("DSP0243 5.1"),
    why: "A line ends in a line feed alone. Readers that know no other end take the carriage "
      + "return for part of the digest, and some pass over a last line without an end.",
    fix: "Run `ova manifest PATH`, which writes it in the standard's form; a signed package is "
      + "signed again with `--sign`.",
    triggering: [
      Example(
        .ova, .text("web.mf", replacing: "\n", with: "\r\n"), caption: "edited on Windows"),
      Example(
        .ova,
        .content(
          "web.mf",
          .text(
            "SHA256(web.ovf)= {sha256:web.ovf}\nSHA256(web-disk1.vmdk)= {sha256:web-disk1.vmdk}")),
        caption: "the last line has no end"),
    ],
    passing: [.sound(.ova), .sound(.folder)]
  ) { checked, findings in
    let returns = checked.entries(with: [.carriageReturnLineFeed, .carriageReturn])
    if let first = returns.first {
      let end = first.deviations.contains(.carriageReturn) ? "CR" : "CR LF"
      findings.add(
        "the line of '\(first.fileName)' ends in \(end)" + returns.count.andOthers,
        at: first.place, expected: "LF", found: end)
    } else if let last = checked.entries(with: [.missingLineEnd]).first {
      findings.add(
        "the last line, of '\(last.fileName)', has no end", at: last.place, expected: "LF",
        severity: .info)
    }
  }
}

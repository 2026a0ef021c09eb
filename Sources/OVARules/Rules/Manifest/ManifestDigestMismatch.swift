import OVABasics
import OVAIntegrity
import OVAPackage

extension Rule {
  /// A digest in the manifest is not the file's.
  static let manifestDigestMismatch = Rule(
    id: "manifest-digest-mismatch",
    group: .manifest,
    title: "A digest in the manifest is not the file's",
    severity: .error,
    version: 2,
    basis: .clause("DSP0243 5.1"),
    why: "The file or the descriptor was changed after the manifest was made, or damaged on the "
      + "way. Every importer that verifies manifests refuses the package.",
    fix: "If the file is right, run `ova manifest PATH --accept-content`, and `--sign` where it "
      + "was signed; else fetch the file again.",
    triggering: [
      Example(
        .ova, .sealManifest, .content("web-disk1.vmdk", .flipped(at: -1)),
        caption: "one bit of the disk is not what it was"),
      Example(
        .folder, .algorithm("SHA1"), .sealManifest,
        .text("web.ovf", replacing: "vmx-13", with: "vmx-10"),
        caption: "the descriptor was edited after the manifest was made"),
      Example(
        .ova, .algorithm("SHA512"), .sealManifest, .content("web-disk1.vmdk", .flipped(at: 600)),
        documented: false),
      Example(
        .ova, .algorithm("SHA384"), .sealManifest, .content("web-disk1.vmdk", .flipped(at: 600)),
        documented: false),
      Example(
        .ova, .sealManifest, .text("web.ovf", replacing: "\n", with: "\r\n"),
        caption: "the line ends of the descriptor were changed after the manifest was made"),
      Example(
        .ova,
        .content(
          "web.mf",
          .text(
            "SHA1(web.ovf)= {sha1:web.ovf}\nSHA256(web.ovf)= {sha256:web-disk1.vmdk}\n"
              + "SHA256(web-disk1.vmdk)= {sha256:web-disk1.vmdk}\n")),
        caption: "a right digest of another algorithm does not excuse a wrong one",
        documented: false),
      Example(
        .ova,
        .content(
          "web.mf",
          .text(
            "SHA256(./web.ovf)= {sha256:web-disk1.vmdk}\n"
              + "SHA256(C:\\build\\web-disk1.vmdk)= {sha256:web-disk1.vmdk}\n")),
        documented: false),
    ],
    passing: [
      .sound(.ova), .sound(.folder), Example(.ova, .algorithm("SHA512")),
      Example(
        .ova, .archive(.shortened(by: 20_000)),
        caption: "a file that is cut short is said by member-truncated", documented: false),
    ]
  ) { checked, findings in
    for line in checked.manifestFacts?.contradictions ?? [] {
      guard case .contradicts(let real, let cause) = line.comparison else { continue }
      let claim = line.entry.claim
      let what =
        claim.hasWrongLength
        ? "the digest of '\(line.fileName)' in the manifest is neither its \(real.algorithm.name) "
          + "nor a part of it"
        : "the \(real.algorithm.name) of '\(line.fileName)' is not the one in the manifest"
      findings.add(
        what + (cause.map { "; that is the digest of \($0.words)" } ?? ""), at: line.entry.place,
        expected: claim.digits, found: real.hex, fix: cause?.fix)
    }
  }
}

extension MismatchCause {
  /// The text whose digest stands in the manifest, in words.
  fileprivate var words: String {
    switch self {
    case .text(let change): "the same text \(change.words)"
    case .otherFile(let name): "'\(name)'"
    case .noBytes: "an empty file"
    }
  }

  /// The fix; nil where the rule's own advice is right.
  fileprivate var fix: String? {
    switch self {
    case .text:
      "Restore the file as it was: version control and copying in text mode change line ends and "
        + "byte order marks (for git, `*.ovf -text` in .gitattributes). Or run `ova manifest PATH "
        + "--accept-content`, and `--sign` where it was signed."
    case .otherFile:
      "Give each file the name that the manifest has for it, or run `ova manifest PATH "
        + "--accept-content`, and `--sign` where it was signed."
    case .noBytes: nil
    }
  }
}

extension TextChange {
  /// The property that the text has and the file has not: "with CR LF at its line ends".
  fileprivate var words: String {
    var parts: [String] = []
    switch lineEnds {
    case .carriageReturnLineFeed: parts.append("with CR LF line ends instead of LF")
    case .lineFeed: parts.append("with LF line ends instead of CR LF")
    case nil: break
    }
    switch mark {
    case .added: parts.append("with a byte order mark before it")
    case .removed: parts.append("without the byte order mark before it")
    case nil: break
    }
    switch lastEnd {
    case .added: parts.append("with a line end after its last line")
    case .removed: parts.append("without the line end after its last line")
    case nil: break
    }
    return parts.joined(separator: " and ")
  }
}

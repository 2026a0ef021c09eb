import OVABasics
import OVAIntegrity
import OVAPackage

extension Rule {
  /// A file is listed more than once.
  static let manifestDuplicateEntry = Rule(
    id: "manifest-duplicate-entry",
    group: .manifest,
    title: "The manifest lists a file more than once",
    severity: .error,
    version: 2,
    basis: .clause("DSP0243 5.1"),
    why: "There is one entry for each file. Of two with different digests one is wrong, and "
      + "readers differ in which they take.",
    fix: "If the files are right, run `ova manifest PATH --accept-content`; else fetch them "
      + "again.",
    triggering: [
      Example(
        .ova,
        .content(
          "web.mf",
          .text(
            "SHA256(web.ovf)= {sha256:web.ovf}\nSHA256(web-disk1.vmdk)= {sha256:web-disk1.vmdk}\n"
              + "SHA256(web-disk1.vmdk)= {sha256:web.ovf}\n"))),
      Example(
        .ova,
        .content(
          "web.mf",
          .text(
            "SHA256(web.ovf)= {sha256:web.ovf}\nSHA256(web-disk1.vmdk)= {sha256:web-disk1.vmdk}\n"
              + "SHA256(web-disk1.vmdk)= {sha256:web-disk1.vmdk}\n")),
        caption: "with the same digest it is a warning"),
    ],
    passing: [
      .sound(.ova),
      Example(
        .ova,
        .content(
          "web.mf",
          .text(
            "SHA256(web.ovf)= {sha256:web.ovf}\nSHA256(web-disk1.vmdk)= {sha256:web-disk1.vmdk}\n"
              + "SHA1(web-disk1.vmdk)= {sha1:web-disk1.vmdk}\n")),
        caption: "digests of two algorithms are said by manifest-mixed-algorithms",
        documented: false),
    ]
  ) { checked, findings in
    struct Key: Hashable {
      let name: [UInt8]
      let algorithm: DigestLabel
    }
    let groups = Dictionary(grouping: checked.manifestLines) { line in
      let claim = line.entry.claim
      return Key(
        name: line.subject.target.map { Array($0.name.utf8) } ?? line.entry.nameBytes,
        algorithm: claim.algorithm.map(DigestLabel.algorithm) ?? claim.label)
    }
    for same in groups.values {
      guard let first = same.first, let second = same.dropFirst().first else { continue }
      let agree = same.allSatisfy { $0.entry.claim.digits == first.entry.claim.digits }
      findings.add(
        "'\(first.fileName)' is listed \(same.count) times, "
          + (agree ? "with the same digest" : "with different digests"),
        at: second.entry.place, expected: "one entry", found: "\(same.count)",
        severity: agree ? .warning : .error)
    }
  }
}

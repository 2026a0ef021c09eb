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
    basis: .clause("DSP0243 5.1"),
    why: "The file or the descriptor was changed after the manifest was made, or damaged on the "
      + "way. Every importer that verifies manifests refuses the package.",
    fix:
      "If the file is right, make the manifest anew (and sign again); else fetch the file again.",
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
    ],
    passing: [
      .sound(.ova), .sound(.folder), Example(.ova, .algorithm("SHA512")),
      Example(
        .ova, .archive(.shortened(by: 20_000)),
        caption: "a file that is cut short is said by member-truncated", documented: false),
    ]
  ) { checked, findings in
    let files = checked.manifestFiles
    let verified = Set(
      files.lazy.filter { $1?.evidence?.digest($0.digest.algorithm) == $0.digest }
        .map(\.entry.nameBytes))
    for (entry, file) in files {
      // Not said again here: a file that is cut short, one that is listed twice and once right,
      // and an entry that cannot be right.
      let isCut = file?.file.map { $0.storedSize < $0.size } ?? false
      guard !isCut, !verified.contains(entry.nameBytes), !checked.isAboutItself(entry) else {
        continue
      }
      guard let real = file?.evidence?.digest(entry.digest.algorithm), real != entry.digest else {
        continue
      }
      findings.add(
        "the \(entry.digest.algorithm.name) of '\(entry.fileName)' is not the one in the manifest",
        at: entry.place, expected: entry.digest.hex, found: real.hex)
    }
  }
}

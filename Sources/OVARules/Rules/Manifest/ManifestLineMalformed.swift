import OVABasics
import OVAIntegrity
import OVAPackage

extension Rule {
  /// A line of the manifest gives no digest.
  static let manifestLineMalformed = Rule(
    id: "manifest-line-malformed",
    group: .manifest,
    title: "A line of the manifest is no entry",
    severity: .error,
    basis: .clause("DSP0243 5.1"),
    why: "Every line is `SHA256(name)= digest`. At any other an importer stops with \"manifest "
      + "file entry is invalid\", and the file that it is about is not verified.",
    fix: "Make the manifest anew.",
    triggering: [
      Example(
        .ova, .text("web.mf", replacing: "SHA256(web.ovf)= ", with: "SHA256(web.ovf)= 00"),
        caption: "a digest with two digits too many"),
      Example(.ova, .text("web.mf", replacing: "SHA256(web.ovf)= ", with: "# web.ovf ")),
      Example(
        .ova, .text("web.mf", replacing: "SHA256(web.ovf)= ", with: "SHA256(web.ovf)= zz"),
        documented: false),
      Example(
        .ova, .text("web.mf", replacing: "SHA256(web.ovf)= ", with: "SHA256()= "),
        documented: false),
    ],
    passing: [.sound(.ova), .sound(.folder)]
  ) { checked, findings in
    let faults = checked.manifestFaults { kind -> String? in
      switch kind {
      case .notAnEntry: "is no entry"
      case .nameMissing: "names no file"
      case .digestMissing: "has no digest"
      case .digestNotHex: "has a digest that is not hexadecimal"
      case .digestLength(let expected, let actual):
        "has a digest of \(actual) digits instead of \(expected)"
      case .binary: "holds a zero byte"
      case .lineTooLong(let limit): "is longer than \(limit) bytes"
      default: nil
      }
    }
    let kinds = Dictionary(grouping: faults, by: \.value)
    for (what, faults) in kinds {
      guard let first = faults.first?.fault else { continue }
      findings.add(
        "the line" + (first.fileName.map { " of '\($0)'" } ?? "") + " \(what)"
          + faults.count.andOthers,
        at: first.place, expected: "SHA256(name)= digest", found: first.text)
    }
  }
}

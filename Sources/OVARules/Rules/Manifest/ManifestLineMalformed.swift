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
    version: 2,
    basis: .clause("DSP0243 5.1"),
    why: "Every line is `SHA256(name)= digest`. At any other an importer stops with \"manifest "
      + "file entry is invalid\", and the file that it is about is not verified.",
    fix: "If the files are right, run `ova manifest PATH --accept-content`; else fetch them "
      + "again.",
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
    let diagnostics = checked.manifestDiagnostics { kind -> String? in
      switch kind {
      case .notAnEntry: "is no entry"
      case .nameMissing: "names no file"
      case .digestMissing: "has no digest"
      case .digestNotHex: "has a digest that is not hexadecimal"
      case .binary: "holds a zero byte"
      case .lineTooLong(let limit): "is longer than \(limit) bytes"
      default: nil
      }
    }
    let entries = checked.manifestLines.compactMap { line in
      line.malformation.map { (what: $0, line: line) }
    }
    for (what, diagnostics) in Dictionary(grouping: diagnostics, by: \.value) {
      guard let first = diagnostics.first?.diagnostic else { continue }
      findings.add(
        "the line" + (first.fileName.map { " of '\($0)'" } ?? "") + " \(what)"
          + diagnostics.count.andOthers,
        at: first.place, expected: "SHA256(name)= digest", found: first.text.withShortRuns)
    }
    for (what, lines) in Dictionary(grouping: entries, by: \.what) {
      guard let first = lines.first?.line else { continue }
      findings.add(
        "the line of '\(first.fileName)' \(what)" + lines.count.andOthers,
        at: first.entry.place, expected: "SHA256(name)= digest", found: first.entry.written)
    }
    guard let file = checked.package.manifest, file.manifest.paddingBytes > 0 else { return }
    findings.add(
      "\(file.manifest.paddingBytes.of("zero byte")) follow the text of the manifest",
      at: file.file.place, expected: "no bytes after the last line")
  }
}

extension ManifestFacts.Line {
  /// The fault in the digest of the line or around it, as the end of a sentence.
  fileprivate var malformation: String? {
    let claim = entry.claim
    if entry.deviations.contains(.digestLength) {
      let count = claim.digits.utf8.count
      let expected = claim.algorithm.map { " instead of \($0.hexCount)" } ?? ""
      return "has a digest of \(count) digits\(expected)" + lengthWords
    }
    let told: Set<Manifest.Deviation> = [
      .zeroBytes, .algorithmMissing, .quotedDigest, .prefixedDigest, .separatedDigest,
      .base64Digest, .cutDigest, .textAfterDigest,
    ]
    let words = entry.deviations.filter(told.contains).map(\.words)
    return words.isEmpty ? nil : "has " + words.joined(separator: " and ")
  }

  /// The length or kind of the digits, where that was found, in words.
  private var lengthWords: String {
    switch comparison {
    case .fits(let algorithm) where algorithm.hexCount == entry.claim.digits.utf8.count:
      ", which are the file's \(algorithm.name)"
    case .fits(let algorithm) where algorithm.hexCount < entry.claim.digits.utf8.count:
      ", the file's \(algorithm.name) among them"
    case .fits(let algorithm): ", which are a part of the file's \(algorithm.name)"
    case .notComparable(.fewDigits): ", too few to be compared"
    default: ""
    }
  }
}

extension String {
  /// The text with a number for long rows of one control character, which tell a reader nothing.
  fileprivate var withShortRuns: String {
    var result = String.UnicodeScalarView()
    var rest = unicodeScalars[...]
    while let scalar = rest.first {
      let run = rest.prefix { $0 == scalar }
      rest = rest.dropFirst(run.count)
      if run.count > 4, scalar.properties.generalCategory == .control {
        let name = scalar == "\0" ? "zero bytes" : "times \(String(scalar).forDisplay)"
        result.append(contentsOf: "[\(run.count) \(name)]".unicodeScalars)
      } else {
        result.append(contentsOf: run)
      }
    }
    return String(result)
  }
}

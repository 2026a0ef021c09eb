import OVABasics
import OVAIntegrity
import OVAPackage

/// Questions that rules ask of a manifest.
extension CheckedPackage {
  /// The entries that differ from the strict grammar in one of these ways.
  func entries(with deviations: Set<Manifest.Deviation>) -> [Manifest.Entry] {
    (package.manifest?.manifest.entries ?? []).filter {
      !deviations.isDisjoint(with: $0.deviations)
    }
  }

  /// The faults of which `read` makes something, in the file's order.
  func manifestDiagnostics<Value>(
    _ read: (ManifestDiagnosticKind) -> Value?
  ) -> [(value: Value, diagnostic: ManifestDiagnostic)] {
    (package.manifest?.manifest.diagnostics ?? []).compactMap { diagnostic in
      read(diagnostic.kind).map { ($0, diagnostic) }
    }
  }

  /// True if lines of the manifest name no file, so that a file may seem to be missing in it.
  var hasNamelessLines: Bool {
    package.manifest?.manifest.diagnostics.contains { $0.kind == .nameMissing } ?? false
  }

  /// The lines of the manifest that give a digest, held against the package's bytes.
  var manifestLines: [ManifestFacts.Line] { manifestFacts?.lines ?? [] }
}

extension ManifestFacts.Line {
  /// The name in the manifest where it is the file's, else the file's.
  var fileName: String {
    guard let target = subject.target, subject.spelling != .exact, subject.spelling != .percent
    else { return entry.fileName }
    return target.name
  }

  /// The line as the standard would have it, as far as its parts are known.
  var standardForm: String {
    "\(entry.claim.algorithm?.name ?? "SHA256")(\(fileName))= \(entry.claim.digits)"
  }
}

extension Manifest.Entry {
  /// The line as it is written, put together again from its parts.
  var written: String {
    switch form {
    case .standard: "\(algorithmText)(\(fileName))= \(digestText)"
    case .checksumText: "\(digestText)  \(fileName)"
    case .checksumBinary: "\(digestText) *\(fileName)"
    case .powerShell, .certutil, .other:
      [algorithmText, digestText, fileName].filter { !$0.isEmpty }.joined(separator: " ")
    }
  }
}

extension Int {
  /// `1 line`, `3 lines`.
  func of(_ noun: String) -> String { self == 1 ? "1 \(noun)" : "\(self) \(noun)s" }
}

extension Int {
  /// The words with which a finding about the first of so many lines mentions the others; empty for
  /// one.
  var andOthers: String { self > 1 ? "; \((self - 1).of("more line")) like it" : "" }
}

extension Manifest.Deviation {
  /// The mark in a line that shows it, in words.
  var words: String {
    switch self {
    case .byteOrderMark: "a byte order mark"
    case .zeroBytes: "zero bytes between its letters"
    case .utf16: "UTF-16 letters"
    case .leadingBlanks: "blanks before the algorithm"
    case .algorithmMissing: "no algorithm"
    case .algorithmAlias: "another name of the algorithm"
    case .keyInLabel: "the kind of the key in its label"
    case .algorithmCase: "the algorithm in lower case"
    case .blankBeforeParenthesis: "a blank before '('"
    case .nameNotUTF8: "a name that is not UTF-8"
    case .blankBeforeEquals: "a blank before '='"
    case .noBlankAfterEquals: "no space behind '='"
    case .blanksAfterEquals: "more than one space behind '='"
    case .quotedDigest: "quotes around the digest"
    case .prefixedDigest: "0x before the digits"
    case .separatedDigest: "colons, blanks or the like between the digits"
    case .wrappedDigits: "its digits on several lines"
    case .base64Digest: "a digest in base64"
    case .upperCaseDigest: "digits in upper case"
    case .cutDigest: "an ellipsis for the rest of the digest"
    case .digestLength: "another number of digits than its algorithm"
    case .textAfterDigest: "text behind the digest"
    case .trailingBlanks: "blanks at its end"
    case .carriageReturnLineFeed: "CR LF at its end"
    case .carriageReturn: "CR at its end"
    case .missingLineEnd: "no line end"
    }
  }
}

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
  func manifestFaults<Value>(
    _ read: (Manifest.Fault.Kind) -> Value?
  ) -> [(value: Value, fault: Manifest.Fault)] {
    (package.manifest?.manifest.faults ?? []).compactMap { fault in
      read(fault.kind).map { ($0, fault) }
    }
  }

  /// Whether lines of the manifest name no file, so that a file may seem to be missing in it.
  var hasNamelessLines: Bool {
    package.manifest?.manifest.faults.contains { $0.kind == .nameMissing } ?? false
  }

  /// Whether an entry is about the manifest itself or the certificate, neither of which can be
  /// listed.
  func isAboutItself(_ entry: Manifest.Entry) -> Bool {
    let folder = package.descriptor.path?.folder ?? ""
    guard case .success(let path) = PackagePath.read(entry.fileName, in: folder, limits: Limits())
    else { return false }
    return path == package.manifest?.file.path || path == package.certificate?.file.path
  }
}

extension Int {
  /// `1 line`, `3 lines`.
  func of(_ noun: String) -> String { self == 1 ? "1 \(noun)" : "\(self) \(noun)s" }
}

extension Int {
  /// What a finding about the first of so many lines says of the others; empty for one.
  var andOthers: String { self > 1 ? "; \((self - 1).of("more line")) like it" : "" }
}

extension Manifest.Deviation {
  /// What a line has that shows it.
  var words: String {
    switch self {
    case .byteOrderMark: "a byte order mark"
    case .leadingBlanks: "blanks before the algorithm"
    case .algorithmAlias: "another name of the algorithm"
    case .algorithmCase: "the algorithm in lower case"
    case .blankBeforeParenthesis: "a blank before '('"
    case .nameNotUTF8: "a name that is not UTF-8"
    case .blankBeforeEquals: "a blank before '='"
    case .noBlankAfterEquals: "no space behind '='"
    case .blanksAfterEquals: "more than one space behind '='"
    case .upperCaseDigest: "digits in upper case"
    case .trailingBlanks: "blanks at its end"
    case .carriageReturnLineFeed: "CR LF at its end"
    case .carriageReturn: "CR at its end"
    case .missingLineEnd: "no line end"
    }
  }
}

public import OVABasics
import OVAByteSource
import OVAIntegrity
import OVAPackage
import OVFDescriptor

/// A line of a manifest, or a signature, for which a new manifest would accept bytes whose origin
/// nothing proves.
public struct ManifestDoubt: Sendable, Hashable {
  /// The reason why the bytes are in doubt.
  public enum Kind: String, Sendable, Hashable {
    /// The line has another digest than the bytes.
    case contradicts
    /// The line cannot be compared with the bytes.
    case notComparable = "not-comparable"
    /// The signature over the manifest does not fit it.
    case signature
  }

  /// The reason.
  public let kind: Kind
  /// The line, or the certificate file.
  public let place: Place
  /// The line as written, cut where it is long.
  public let text: String
  /// The name of the file that the line is about, where that can be determined.
  public let fileName: String?
  /// The reason, in a few words.
  public let reason: String
}

extension ManifestDoubt {
  /// The lines of a package's manifest that contradict its bytes or cannot be compared with them.
  /// - Parameters:
  ///   - checked: the package with the digests of its bytes.
  ///   - layout: its files as they are to be written.
  static func all(of checked: CheckedPackage, _ layout: PackageLayout) -> [ManifestDoubt] {
    guard let facts = checked.manifestFacts, let own = checked.package.manifest else { return [] }
    var cut = CutFiles(layout)
    var doubts = facts.lines.compactMap { doubt(about: $0, &cut) }
    doubts += homeless(facts, checked, doubts)
    doubts += facts.unread.map { diagnostic in
      ManifestDoubt(
        kind: .notComparable, place: diagnostic.place, text: diagnostic.text,
        fileName: diagnostic.fileName,
        reason: "it gives no digest that can be read")
    }
    if own.manifest.diagnosticsDropped > 0 {
      doubts.append(
        ManifestDoubt(
          kind: .notComparable, place: own.file.place, text: "", fileName: nil,
          reason: "\(own.manifest.diagnosticsDropped) more lines cannot be read"))
    }
    return doubts.sorted { $0.place < $1.place } + signature(of: checked)
  }

  private static func doubt(
    about line: ManifestFacts.Line, _ cut: inout CutFiles
  ) -> ManifestDoubt? {
    let kind: Kind
    let reason: String
    switch line.comparison {
    case .fits, .noFile: return nil
    case .contradicts(let real, _):
      if cut.fits(line) { return nil }
      kind = .contradicts
      reason = "the file's \(real.algorithm.name) is another"
    case .notComparable(let why):
      kind = .notComparable
      reason = why.words
    }
    return ManifestDoubt(
      kind: kind, place: line.entry.place, text: line.entry.shown,
      fileName: line.subject.target?.name, reason: reason)
  }

  /// Lines about no file of the package. They say nothing against the others, unless one of these
  /// has no line that fits: it may be that file under another name.
  private static func homeless(
    _ facts: ManifestFacts, _ checked: CheckedPackage, _ doubts: [ManifestDoubt]
  ) -> [ManifestDoubt] {
    let package = checked.package
    let lines = facts.lines.filter { line in
      if case .noFile = line.comparison { line.subject.kind == .nothing } else { false }
    }
    guard !lines.isEmpty else { return [] }
    var vouched: Set<PackagePath> = []
    var chunked: [String: [PackagePath]] = [:]
    for reference in package.references {
      guard case .chunks(let chunks) = reference.target, let href = reference.reference.href?.text
      else { continue }
      chunked[href, default: []] += chunks.pieces.compactMap(\.file.path)
    }
    for line in facts.lines {
      guard case .fits = line.comparison else { continue }
      switch line.subject.target {
      case .file(let file): if let path = file.path { vouched.insert(path) }
      case .chunks(let href): vouched.formUnion(chunked.removeValue(forKey: href) ?? [])
      case nil: continue
      }
    }
    // A file that was given another name is known by its digest.
    var claims = ClaimIndex(lines.map(\.entry.claim))
    for (path, seen) in checked.evidence.files where claims.hasOne(of: seen.digests) {
      vouched.insert(path)
    }
    let apart = [package.manifest?.file.path, package.certificate?.file.path]
    let doubted = Set(doubts.compactMap(\.fileName))
    let unlisted = package.files.first { file in
      file.kind == .file && !file.isAppleDouble && !apart.contains(file.path)
        && !doubted.contains(file.name) && !(file.path.map(vouched.contains) ?? false)
    }
    guard let unlisted else { return [] }
    return lines.map { line in
      ManifestDoubt(
        kind: .notComparable, place: line.entry.place, text: line.entry.shown, fileName: nil,
        reason: "it names no file of the package, in which '\(unlisted.name)' is not listed")
    }
  }

  /// A signature that does not fit the manifest, which may have been made anew over other bytes.
  private static func signature(of checked: CheckedPackage) -> [ManifestDoubt] {
    guard let certificate = checked.package.certificate else { return [] }
    switch checked.signature?.signature {
    case .invalid, .wrongLength:
      return [
        ManifestDoubt(
          kind: .signature, place: certificate.file.place, text: "",
          fileName: certificate.file.name,
          reason: "the signature does not fit the manifest: one of them was changed")
      ]
    default: return []
    }
  }
}

/// The files of which something is cut off at the end, with the digests of what is left.
private struct CutFiles {
  private let sources: [PackagePath: any ByteSource]
  private var digests: [PackagePath: [DigestAlgorithm: DigestValue]] = [:]

  init(_ layout: PackageLayout) {
    sources = Dictionary(
      layout.entries.filter(\.isCut).map { ($0.path, $0.source) }
    ) { first, _ in first }
  }

  /// Returns whether a line's digest is that of the file after the cut.
  mutating func fits(_ line: ManifestFacts.Line) -> Bool {
    guard case .file(let file)? = line.subject.target, let path = file.path,
      let source = sources[path], let algorithm = line.entry.claim.algorithm,
      let digest = digests[path]?[algorithm] ?? (try? source.digest(algorithm))
    else { return false }
    digests[path, default: [:]][algorithm] = digest
    if case .fits = line.entry.claim.verdict(on: [digest]) { return true }
    return false
  }
}

extension Manifest.Entry {
  /// The entry as a manifest would write it.
  fileprivate var shown: String {
    let label = algorithmText.isEmpty ? digest?.algorithm.name ?? "" : algorithmText
    return "\(label)(\(fileName))= \(digestText)"
  }
}

extension DigestClaim.Reason {
  /// The reason why a digest cannot be compared, in words.
  fileprivate var words: String {
    switch self {
    case .algorithm(let name): "\(name.forDisplay) is not computed here"
    case .unknownAlgorithm(let name):
      "'\(name.forDisplay)' names no algorithm, and no known one fits"
    case .fewDigits(let count): "it has \(count) digits, which fit many files"
    case .notRead: "the file's bytes were not read, or are not all there"
    case .unreadable: "its digest cannot be read"
    }
  }
}

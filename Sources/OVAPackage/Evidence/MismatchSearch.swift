import OVABasics
import OVAByteSource
import OVAIntegrity
import OVFXML

/// Looks once more at the files that a manifest contradicts, for the reason.
struct MismatchSearch {
  let package: Package
  var isStopped: () -> Bool = { false }

  /// Texts are small; of anything larger no changed form is tried.
  private static let mostText: UInt64 = 4 << 20
  /// The number of bytes of texts that are tried in all.
  private static let mostTexts: UInt64 = 64 << 20
  /// Larger files are read again only when a smaller one has shown that it is worth it.
  private static let mostUnasked: UInt64 = 16 << 20

  /// The evidence with what the search has shown.
  func explaining(_ evidence: Evidence) -> Evidence {
    guard evidence.digestsComputed, let facts = ManifestFacts(package, evidence),
      facts.lines.contains(where: \.isDoubtful)
    else { return evidence }
    var evidence = evidence
    tryRareAlgorithms(facts, &evidence)
    guard let now = ManifestFacts(package, evidence) else { return evidence }
    findCauses(now, &evidence)
    return evidence
  }

  // MARK: - Algorithms

  /// Computes what the first reading did not, since it was not known or is rarely meant.
  private func tryRareAlgorithms(_ facts: ManifestFacts, _ evidence: inout Evidence) {
    let doubtful = facts.lines.filter(\.isDoubtful).compactMap { line in
      line.file.map { (line, $0) }
    }.sorted { $0.1.size < $1.1.size }
    var hasHelped = false
    for (line, file) in doubtful {
      guard let path = file.path, let source = file.source, !isStopped() else { continue }
      let known = evidence.files[path]
      let wanted = (line.entry.claim.algorithms + line.entry.claim.rareAlgorithms).filter {
        known?.digest($0) == nil
      }
      guard !wanted.isEmpty, hasHelped || source.size <= Self.mostUnasked,
        let found = digests(of: source, Set(wanted))
      else { continue }
      let all = ((known?.digests ?? []) + found).sorted { $0.algorithm < $1.algorithm }
      evidence.files[path] = FileEvidence(
        bytesRead: known?.bytesRead ?? 0, digests: all, failure: known?.failure,
        gzip: known?.gzip, deep: known?.deep)
      if case .fits = line.entry.claim.verdict(on: all) { hasHelped = true }
    }
  }

  /// The digests; nil when the bytes cannot be read, as in a stream that has passed.
  private func digests(
    of source: any ByteSource, _ algorithms: Set<DigestAlgorithm>
  ) -> [DigestValue]? {
    var digester = Digester(algorithms)
    while digester.byteCount < source.size {
      guard !isStopped(), let piece = try? source.bytes(at: digester.byteCount, count: 1 << 20),
        !piece.isEmpty
      else { return nil }
      digester.update(piece)
    }
    return digester.finish()
  }

  // MARK: - Causes

  private func findCauses(_ facts: ManifestFacts, _ evidence: inout Evidence) {
    var byDigest: [DigestValue: String] = [:]
    for (path, file) in evidence.files {
      for digest in file.digests {
        // Of files with one content the first by name is reported.
        byDigest[digest] = min(path.text, byDigest[digest] ?? path.text)
      }
    }
    var left = Self.mostTexts
    for (index, line) in facts.lines.enumerated() {
      guard case .contradicts = line.comparison, let target = line.subject.target else { continue }
      let claim = line.entry.claim
      if let digest = claim.digest, let other = byDigest[digest], !other.isExactly(target.name) {
        evidence.causes[index] = .otherFile(other)
      } else if let algorithm = claim.algorithm, claim.digest == DigestValue.of([], algorithm) {
        evidence.causes[index] = .noBytes
      } else if let source = line.file?.source, source.size <= min(Self.mostText, left),
        let bytes = try? source.bytes(at: 0, count: Int(source.size)), bytes.count == source.size
      {
        left -= source.size
        evidence.causes[index] = change(bytes, claim).map(MismatchCause.text)
      }
    }
  }

  private func change(_ bytes: [UInt8], _ claim: DigestClaim) -> TextChange? {
    TextChange.all(of: bytes).first { _, changed in
      let digests = claim.algorithms.map { DigestValue.of(changed, $0) }
      if case .fits = claim.verdict(on: digests) { return true }
      return false
    }?.change
  }
}

extension ManifestFacts.Line {
  /// True if a further look may tell more.
  fileprivate var isDoubtful: Bool {
    switch comparison {
    case .contradicts, .notComparable(.notRead), .notComparable(.unknownAlgorithm): true
    default: false
    }
  }

  /// The file that is meant, unless it lies in chunks.
  package var file: PackageFile? {
    if case .file(let file)? = subject.target { return file }
    return nil
  }
}

import OVABasics
import OVAIntegrity

/// The evidence of a reading pass so far.
struct EvidenceGathering {
  /// The evidence of each file, of two with one path the first.
  private(set) var files: [PackagePath: FileEvidence] = [:]
  private var repeats: [Int: FileEvidence] = [:]
  private var chunked: [String: FileEvidence] = [:]

  /// Adds what was seen of a file.
  /// - Parameter member: the index of a member whose path an earlier one has; nil for others.
  mutating func add(_ evidence: FileEvidence, of path: PackagePath, repeating member: Int?) {
    if let member {
      repeats[member] = evidence
    } else {
      files[path] = evidence
    }
  }

  /// Adds what was seen of all chunks of a file together.
  mutating func add(_ evidence: FileEvidence, ofChunksOf href: String) {
    chunked[href] = evidence
  }

  /// Returns the evidence, with the causes of mismatches with the manifest.
  func evidence(
    of package: Package, _ options: ReadingOptions, isStopped: @escaping () -> Bool = { false }
  ) -> Evidence {
    // A stream may have been inflated before the descriptor passed, which then did not ask for it.
    let declared = Set(package.references.filter(\.isGzip).compactMap(\.file?.path))
    let evidence = Evidence(
      digestsComputed: options.digests, disksChecked: options.deep,
      files: files.reduce(into: files) { files, one in
        if one.value.gzip != nil, !declared.contains(one.key) {
          files[one.key] = one.value.withoutGzip
        }
      },
      repeats: repeats, chunked: chunked)
    return MismatchSearch(package: package, isStopped: isStopped).explaining(evidence)
  }
}

extension FileEvidence {
  /// The same without what inflating has shown.
  fileprivate var withoutGzip: FileEvidence {
    FileEvidence(bytesRead: bytesRead, digests: digests, failure: failure, gzip: nil, deep: nil)
  }
}

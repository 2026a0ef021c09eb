package import OVAIntegrity

extension Evidence {
  /// Evidence of an earlier reading, as far as digests tell it.
  package init(
    stored digests: [PackagePath: (size: UInt64, digests: [DigestValue])], of package: Package
  ) {
    let evidence = Evidence(
      digestsComputed: true, disksChecked: false,
      files: digests.mapValues {
        FileEvidence(bytesRead: $0.size, digests: $0.digests, failure: nil, gzip: nil, deep: nil)
      }, repeats: [:], chunked: [:])
    self = MismatchSearch(package: package).explaining(evidence)
  }
}

import OVABasics
import OVAIntegrity
import OVAPackage

extension CheckedPackage {
  /// The faults in compressed files that are there whole.
  var gzipDiagnostics: [(reference: ResolvedReference, diagnostic: GzipDiagnostic)] {
    package.references.compactMap { resolved in
      guard resolved.isGzip, !resolved.isCutShort,
        let diagnostic = evidence.of(resolved)?.gzip?.outcome.diagnostic
      else { return nil }
      return (resolved, diagnostic)
    }
  }
}

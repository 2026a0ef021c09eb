import OVAIntegrity
import OVAPackage

extension CheckedPackage {
  /// The faults in compressed files that are there whole.
  var gzipFaults: [(reference: ResolvedReference, fault: GzipInflater.Fault)] {
    package.references.compactMap { resolved in
      guard resolved.isGzip, !resolved.isCutShort,
        let fault = evidence.of(resolved)?.gzip?.outcome.fault
      else { return nil }
      return (resolved, fault)
    }
  }
}

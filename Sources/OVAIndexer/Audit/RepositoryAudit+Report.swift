package import OVACatalog
package import OVAReport

extension RepositoryAudit {
  /// The whole audit, for the page. The same catalogue gives the same audit whenever it is asked.
  /// - Parameter since: the scan whose state changes are told from; the one before the last if nil.
  package func report(
    times: APITime, extent: AuditReading.Extent = .init(), since: Int64? = nil
  ) throws -> AuditReport {
    let whole = try findings()
    return try store.read { reader in
      try AuditReading(reader, times: times, extent: extent, since: since).report(whole)
    }
  }
}

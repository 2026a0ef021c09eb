import OVACatalog
package import OVATime

extension RepositoryAudit {
  /// Returns the number of packages with each verdict, in the targets' order; none where they were
  /// judged for none.
  package func targets() throws -> [AuditReport.Target] {
    try store.read { reader in
      try AuditReading(reader, times: APITime(zoneNamed: "UTC"), extent: .init(), since: nil)
        .targets()
    }
  }

  /// The whole audit, for the page. The same catalog gives the same audit whenever it is asked.
  /// - Parameters:
  ///   - since: the scan from whose state changes are counted; the one before the last if nil.
  ///   - home: the file of the page, when further pages beside it list the packages that it does not;
  ///     nil for one page of the first packages.
  ///   - further: takes each further page, with its number from 2, before the page itself is returned.
  package func report(
    times: APITime, extent: AuditReading.Extent = .init(), since: Int64? = nil, home: String? = nil,
    further: (AuditReport, _ page: Int) throws -> Void = { _, _ in }
  ) throws -> AuditReport {
    let whole = try findings()
    return try store.read { reader in
      try AuditReading(reader, times: times, extent: extent, since: since)
        .report(whole, home: home, further: further)
    }
  }
}

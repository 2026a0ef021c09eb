import OVABasics

/// A package that is stored together with others.
public struct PackageSave: Sendable {
  /// The package as it is now.
  public var package: PackageRow
  /// True if its digests are still to be computed.
  public var isUnhashed: Bool
  /// The package that had its file before, under another path.
  public var renamed: (id: Int64, path: String)?

  /// Makes one from its parts.
  public init(
    _ package: PackageRow, isUnhashed: Bool, renamed: (id: Int64, path: String)? = nil
  ) {
    self.package = package
    self.isUnhashed = isUnhashed
    self.renamed = renamed
  }
}

extension CatalogWriter {
  /// Stores packages one after the other, each as ``save(_:scan:renamedFrom:now:)`` does, and says
  /// that those are gone whose files they have now. A server is asked once for all of them.
  /// - Returns: what became of each.
  @discardableResult
  public func save(_ saves: [PackageSave], scan: Int64, now: Int64) throws -> [SaveResult] {
    // What one of these changes, another may ask for.
    let isEachForItself =
      saves.allSatisfy { $0.renamed == nil }
      && Set(saves.map { ExactName($0.package.record.path) }).count == saves.count
    if case .postgresql(let connection) = db.connection, isEachForItself, saves.count > 1 {
      return try PackageBatch(saves, scan: scan, now: now).write(by: self, connection)
    }
    return try saves.map { save in
      let result = try self.save(
        save.package, scan: scan, renamedFrom: save.renamed?.path, now: now)
      if save.isUnhashed || result.change != .added {
        try setUnhashed(result.id, save.isUnhashed)
      }
      if result.change == .renamed, let renamed = save.renamed {
        try markMoved(renamed.id, scan: scan, now: now)
      }
      return result
    }
  }
}
